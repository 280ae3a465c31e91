BEGIN;

-- 1. create column:app.t.d
ALTER TABLE app.t ADD COLUMN d double precision DEFAULT random() NOT NULL;

-- 2. create column:app.t.e
ALTER TABLE app.t ADD COLUMN e text DEFAULT 'it''s'::text NOT NULL;

-- 3. create column:app.t.f
ALTER TABLE app.t ADD COLUMN f jsonb DEFAULT '{"a": [1, 2]}'::jsonb;

-- 4. alter column:app.t.a
ALTER TABLE app.t ALTER COLUMN a DROP DEFAULT;

-- 5. alter column:app.t.b
ALTER TABLE app.t ALTER COLUMN b SET DEFAULT '-7'::integer;

-- 6. alter column:app.t.c
ALTER TABLE app.t ALTER COLUMN c SET DEFAULT now();

COMMIT;
