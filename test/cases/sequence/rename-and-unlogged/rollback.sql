BEGIN;

-- 1. alter sequence:app.u
ALTER SEQUENCE app.u SET UNLOGGED;

-- 2. rename sequence:app.old_numbers
--    rename: readers that still say numbers fail from this moment
ALTER SEQUENCE app.numbers RENAME TO old_numbers;

COMMIT;
