BEGIN;

-- 1. drop extension:citext
--    drop_extension: extension citext goes, with every function and type it brought
DROP EXTENSION citext;

COMMIT;
