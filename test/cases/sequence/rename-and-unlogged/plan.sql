BEGIN;

-- 1. rename sequence:app.numbers
--    rename: readers that still say old_numbers fail from this moment
ALTER SEQUENCE app.old_numbers RENAME TO numbers;

-- 2. alter sequence:app.u
ALTER SEQUENCE app.u SET LOGGED;

COMMIT;
