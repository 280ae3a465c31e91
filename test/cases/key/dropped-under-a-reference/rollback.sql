BEGIN;

-- 1. create key:app.users.users_pkey
--    builds_index: primary key users_pkey builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);

-- 2. drop foreign_key:app.posts.posts_by_fkey
ALTER TABLE app.posts DROP CONSTRAINT posts_by_fkey;

-- 3. drop key:app.users.users_id_key
--    drop_key: nothing keeps id unique any more
ALTER TABLE app.users DROP CONSTRAINT users_id_key;

-- 4. create foreign_key:app.posts.posts_by_fkey
--    validates_foreign_key: every row of app.posts is checked while both tables take no writes
ALTER TABLE app.posts ADD CONSTRAINT posts_by_fkey FOREIGN KEY (by) REFERENCES app.users (id);

COMMIT;
