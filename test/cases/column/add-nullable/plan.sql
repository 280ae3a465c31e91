BEGIN;

-- 1. create column:app.users.nickname
ALTER TABLE app.users ADD COLUMN nickname text;

-- 2. create comment(column:app.users.nickname)
COMMENT ON COLUMN app.users.nickname IS 'What friends say';

COMMIT;
