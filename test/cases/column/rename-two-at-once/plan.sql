BEGIN;

-- 1. rename column:app.t.given
--    rename: readers that still say first fail from this moment
ALTER TABLE app.t RENAME COLUMN first TO given;

-- 2. rename column:app.t.family
--    rename: readers that still say last fail from this moment
ALTER TABLE app.t RENAME COLUMN last TO family;

COMMIT;
