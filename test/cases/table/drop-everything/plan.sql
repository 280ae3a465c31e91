BEGIN;

-- 1. create namespace:other
CREATE SCHEMA other;

-- 2. drop foreign_key:app.posts.posts_by_fkey
--    drop_foreign_key: rows of app.posts may come to point at nothing
ALTER TABLE app.posts DROP CONSTRAINT posts_by_fkey;

-- 3. drop materialized_view:app.mv
--    drop_view: readers of app.mv fail
DROP MATERIALIZED VIEW app.mv;

-- 4. drop view:app.v
--    drop_view: readers of app.v fail
DROP VIEW app.v;

-- 5. drop sequence_owner:app.users_n_seq
ALTER SEQUENCE app.users_n_seq OWNED BY NONE;

-- 6. drop table:app.posts
--    drop_table: table app.posts goes, with its rows
DROP TABLE app.posts;

-- 7. drop table:app.users
--    drop_table: table app.users goes, with its rows
DROP TABLE app.users;

-- 8. drop function:app.touch()
--    drop_function: callers of app.touch() fail
DROP FUNCTION app.touch();

-- 9. drop sequence:app.users_n_seq
--    drop_sequence: sequence app.users_n_seq goes, with the number it had reached
DROP SEQUENCE IF EXISTS app.users_n_seq;

-- 10. drop enum:app.mood
DROP TYPE app.mood;

COMMIT;
