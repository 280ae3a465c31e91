BEGIN;

-- 1. alter table:app.plain
ALTER TABLE app.plain NOT OF;

-- 2. rename table:app.moving
--    rename: readers that still say other.moving fail from this moment
ALTER TABLE other.moving SET SCHEMA app;

COMMIT;
