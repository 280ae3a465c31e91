BEGIN;

-- 1. rename table:app.accounts
--    rename: readers that still say users fail from this moment
ALTER TABLE app.users RENAME TO accounts;

-- 2. rename column:app.accounts.email
--    rename: readers that still say mail fail from this moment
ALTER TABLE app.accounts RENAME COLUMN mail TO email;

COMMIT;
