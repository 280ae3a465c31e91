BEGIN;

-- 1. rename column:app.t.first
--    rename: readers that still say given fail from this moment
ALTER TABLE app.t RENAME COLUMN given TO first;

-- 2. rename column:app.t.last
--    rename: readers that still say family fail from this moment
ALTER TABLE app.t RENAME COLUMN family TO last;

COMMIT;
