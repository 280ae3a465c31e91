BEGIN;

-- 1. create sequence:app.s
CREATE SEQUENCE app.s AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

-- 2. create owner(sequence:app.s)
ALTER SEQUENCE app.s OWNER TO ow_one;

-- 3. alter owner(enum:app.mood)
--    change_owner: ow_two may alter and drop it, and is bound by its policies only if they are forced
ALTER TYPE app.mood OWNER TO ow_two;

-- 4. alter owner(function:app.f())
--    change_owner: ow_two may alter and drop it, and is bound by its policies only if they are forced
ALTER ROUTINE app.f() OWNER TO ow_two;

-- 5. alter owner(table:app.t)
--    change_owner: ow_two may alter and drop it, and is bound by its policies only if they are forced
ALTER TABLE app.t OWNER TO ow_two;

-- 6. alter owner(view:app.v)
--    change_owner: ow_two may alter and drop it, and is bound by its policies only if they are forced
ALTER VIEW app.v OWNER TO ow_two;

COMMIT;
