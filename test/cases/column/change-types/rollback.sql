BEGIN;

-- 1. alter column:app.t.a
--    narrow_type: app.t.a from numeric(12,2) to integer: a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE app.t ALTER COLUMN a TYPE integer USING a::integer;
ALTER TABLE app.t ALTER COLUMN a SET DEFAULT 5;

-- 2. alter column:app.t.b
--    narrow_type: app.t.b from character varying(50) to character varying(10): a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN b TYPE character varying(10);

-- 3. alter column:app.t.c
--    change_type: app.t.c from character varying(20) to text
ALTER TABLE app.t ALTER COLUMN c TYPE text USING c::text;

-- 4. alter column:app.t.d
--    change_time_zone: app.t.d from timestamp with time zone to timestamp without time zone: its times are taken to be UTC
ALTER TABLE app.t ALTER COLUMN d TYPE timestamp without time zone;

-- 5. alter column:app.t.e
--    change_type: app.t.e from integer to text
ALTER TABLE app.t ALTER COLUMN e TYPE text USING e::text;

-- 6. alter column:app.t.id
--    narrow_type: app.t.id from bigint to integer: a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN id TYPE integer USING id::integer;

COMMIT;
