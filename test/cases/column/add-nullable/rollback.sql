BEGIN;

-- 1. drop column:app.users.nickname
--    drop_column: column app.users.nickname goes, with what it holds
ALTER TABLE app.users DROP COLUMN nickname;

COMMIT;
