BEGIN;

-- 1. rename namespace:shop
--    rename: readers that still say app fail from this moment
ALTER SCHEMA app RENAME TO shop;

COMMIT;
