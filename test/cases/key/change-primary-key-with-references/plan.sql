BEGIN;

-- 1. create key:app.users.users_id
--    builds_index: unique constraint users_id builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.users ADD CONSTRAINT users_id UNIQUE (id);

-- 2. drop foreign_key:app.posts.posts_user_id_fkey
ALTER TABLE app.posts DROP CONSTRAINT posts_user_id_fkey;

-- 3. drop key:app.users.users_pkey
ALTER TABLE app.users DROP CONSTRAINT users_pkey;

-- 4. create key:app.users.users_pkey
--    builds_index: primary key users_pkey builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.users ADD CONSTRAINT users_pkey PRIMARY KEY (code);

-- 5. create foreign_key:app.posts.posts_user_id_fkey
--    validates_foreign_key: every row of app.posts is checked while both tables take no writes
ALTER TABLE app.posts ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users (id);

COMMIT;
