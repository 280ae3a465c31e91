BEGIN;

-- 1. create extension:btree_gist
CREATE EXTENSION btree_gist WITH SCHEMA app;

-- 2. create extension:citext
CREATE EXTENSION citext WITH SCHEMA app;

-- 3. create extension:pg_trgm
CREATE EXTENSION pg_trgm WITH SCHEMA app;

-- 4. alter column:app.users.email
--    narrow_type: app.users.email from text to app.citext: a value that does not fit fails or loses precision
ALTER TABLE app.users ALTER COLUMN email TYPE app.citext USING email::app.citext;

-- 5. create exclusion:app.users.users_once
--    builds_index: its index is built under ACCESS EXCLUSIVE and fails on rows that exclude each other
ALTER TABLE app.users ADD CONSTRAINT users_once EXCLUDE USING gist (id WITH =, during WITH &&);

-- 6. create index:app.users_like
--    blocks_writes: building users_like blocks writes to app.users while it reads the table
CREATE INDEX users_like ON app.users USING gin ((((email)::text)) COLLATE pg_catalog."default" app.gin_trgm_ops);

-- 7. create comment(extension:citext)
COMMENT ON EXTENSION citext IS 'Text without case';

COMMIT;
