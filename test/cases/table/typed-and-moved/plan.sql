BEGIN;

-- 1. rename table:other.moving
--    rename: readers that still say app.moving fail from this moment
ALTER TABLE app.moving SET SCHEMA other;

-- 2. alter table:app.plain
ALTER TABLE app.plain OF app.shape;

COMMIT;
