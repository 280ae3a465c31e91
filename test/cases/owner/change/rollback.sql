BEGIN;

-- 1. alter owner(enum:app.mood)
--    change_owner: ow_one may alter and drop it, and is bound by its policies only if they are forced
ALTER TYPE app.mood OWNER TO ow_one;

-- 2. alter owner(function:app.f())
--    change_owner: ow_one may alter and drop it, and is bound by its policies only if they are forced
ALTER ROUTINE app.f() OWNER TO ow_one;

-- 3. alter owner(table:app.t)
--    change_owner: ow_one may alter and drop it, and is bound by its policies only if they are forced
ALTER TABLE app.t OWNER TO ow_one;

-- 4. alter owner(view:app.v)
--    change_owner: ow_one may alter and drop it, and is bound by its policies only if they are forced
ALTER VIEW app.v OWNER TO ow_one;

-- 5. drop sequence:app.s
--    drop_sequence: sequence app.s goes, with the number it had reached
DROP SEQUENCE IF EXISTS app.s;

COMMIT;
