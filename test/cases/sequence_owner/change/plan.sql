BEGIN;

-- 1. alter sequence_owner:app.s
ALTER SEQUENCE app.s OWNED BY app.t.b;

-- 2. drop sequence_owner:app.r
ALTER SEQUENCE app.r OWNED BY NONE;

COMMIT;
