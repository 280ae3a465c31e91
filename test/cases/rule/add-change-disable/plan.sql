BEGIN;

-- 1. create rule:app.t.comes
CREATE RULE comes AS
    ON UPDATE TO app.t DO  INSERT INTO app.log (id)
  VALUES (old.id);

-- 2. alter rule:app.t.goes_quiet
ALTER TABLE app.t DISABLE RULE goes_quiet;

-- 3. drop rule:app.t.changes
DROP RULE changes ON app.t;

-- 4. create rule:app.t.changes
CREATE RULE changes AS
    ON DELETE TO app.t
   WHERE (old.id > 5) DO INSTEAD NOTHING;

-- 5. create comment(rule:app.t.changes)
COMMENT ON RULE changes ON app.t IS 'Keeps the old';

COMMIT;
