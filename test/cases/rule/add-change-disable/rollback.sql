BEGIN;

-- 1. alter rule:app.t.goes_quiet
ALTER TABLE app.t ENABLE RULE goes_quiet;

-- 2. drop rule:app.t.changes
DROP RULE changes ON app.t;

-- 3. create rule:app.t.changes
CREATE RULE changes AS
    ON DELETE TO app.t DO INSTEAD NOTHING;

-- 4. drop rule:app.t.comes
DROP RULE comes ON app.t;

COMMIT;
