BEGIN;

-- 1. rename view:app.tree
--    rename: readers that still say forest fail from this moment
ALTER VIEW app.forest RENAME TO tree;

COMMIT;
