BEGIN;

-- 1. rename view:app.forest
--    rename: readers that still say tree fail from this moment
ALTER VIEW app.tree RENAME TO forest;

COMMIT;
