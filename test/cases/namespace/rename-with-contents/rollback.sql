BEGIN;

-- 1. rename namespace:app
--    rename: readers that still say shop fail from this moment
ALTER SCHEMA shop RENAME TO app;

COMMIT;
