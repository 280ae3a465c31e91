BEGIN;

-- 1. create sequence_owner:app.r
ALTER SEQUENCE app.r OWNED BY app.t.b;

-- 2. alter sequence_owner:app.s
ALTER SEQUENCE app.s OWNED BY app.t.a;

COMMIT;
