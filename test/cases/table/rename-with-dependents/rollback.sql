BEGIN;

-- 1. rename column:app.users.mail
--    rename: readers that still say email fail from this moment
ALTER TABLE app.accounts RENAME COLUMN email TO mail;

-- 2. rename table:app.users
--    rename: readers that still say accounts fail from this moment
ALTER TABLE app.accounts RENAME TO users;

COMMIT;
