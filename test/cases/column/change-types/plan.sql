BEGIN;

-- 1. alter column:app.t.a
--    narrow_type: app.t.a from integer to numeric(12,2): a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE app.t ALTER COLUMN a TYPE numeric(12,2) USING a::numeric(12,2);
ALTER TABLE app.t ALTER COLUMN a SET DEFAULT 5;

-- 2. alter column:app.t.b
--    change_type: app.t.b from character varying(10) to character varying(50)
ALTER TABLE app.t ALTER COLUMN b TYPE character varying(50);

-- 3. alter column:app.t.c
--    narrow_type: app.t.c from text to character varying(20): a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN c TYPE character varying(20) USING c::character varying(20);

-- 4. alter column:app.t.d
--    change_time_zone: app.t.d from timestamp without time zone to timestamp with time zone: its times are taken to be UTC
ALTER TABLE app.t ALTER COLUMN d TYPE timestamp with time zone;

-- 5. alter column:app.t.e
--    narrow_type: app.t.e from text to integer: a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN e TYPE integer USING e::integer;

-- 6. alter column:app.t.id
--    change_type: app.t.id from integer to bigint
ALTER TABLE app.t ALTER COLUMN id TYPE bigint USING id::bigint;

COMMIT;
