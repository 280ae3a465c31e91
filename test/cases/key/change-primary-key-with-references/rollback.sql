BEGIN;

-- 1. drop key:app.users.users_id
--    drop_key: nothing keeps id unique any more
ALTER TABLE app.users DROP CONSTRAINT users_id;

-- 2. drop key:app.users.users_pkey
ALTER TABLE app.users DROP CONSTRAINT users_pkey;

-- 3. create key:app.users.users_pkey
--    builds_index: primary key users_pkey builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);

COMMIT;
