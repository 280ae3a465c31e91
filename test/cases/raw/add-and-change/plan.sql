BEGIN;

-- 1. create raw:collation
--    raw_sql: runs SQL that nothing here understands: collation
CREATE COLLATION app.german (provider = icu, locale = 'de');

COMMIT;
