BEGIN;

-- 1. create enum:app.mood
CREATE TYPE app.mood AS ENUM ('a', 'b');

-- 2. create sequence:app.users_n_seq
CREATE SEQUENCE app.users_n_seq AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1 NO CYCLE;

-- 3. create function:app.touch()
CREATE OR REPLACE FUNCTION app.touch()
RETURNS trigger
LANGUAGE plpgsql
AS $$begin return new; end$$;

-- 4. create table:app.posts
CREATE TABLE app.posts (
  id integer NOT NULL,
  by integer,
  CONSTRAINT posts_pkey PRIMARY KEY (id)
);

-- 5. create table:app.users
CREATE TABLE app.users (
  id integer NOT NULL,
  mood app.mood,
  n integer DEFAULT nextval('app.users_n_seq'::regclass) NOT NULL,
  CONSTRAINT users_pkey PRIMARY KEY (id)
);

-- 6. create sequence_owner:app.users_n_seq
ALTER SEQUENCE app.users_n_seq OWNED BY app.users.n;

-- 7. create view:app.v
CREATE VIEW app.v AS
 SELECT u.id,
    p.id AS post
   FROM (app.users u
     JOIN app.posts p ON ((p.by = u.id)));

-- 8. create materialized_view:app.mv
CREATE MATERIALIZED VIEW app.mv AS
 SELECT v.id,
    v.post
   FROM app.v
WITH DATA;

-- 9. create index:app.mv_id
CREATE INDEX mv_id ON app.mv USING btree (id);

-- 10. create foreign_key:app.posts.posts_by_fkey
ALTER TABLE app.posts ADD CONSTRAINT posts_by_fkey FOREIGN KEY (by) REFERENCES app.users (id) ON DELETE CASCADE;

-- 11. create trigger:app.users.touched
CREATE TRIGGER touched BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();

-- 12. create owner(enum:app.mood)
ALTER TYPE app.mood OWNER TO postgres;

-- 13. create owner(function:app.touch())
ALTER ROUTINE app.touch() OWNER TO postgres;

-- 14. create owner(materialized_view:app.mv)
ALTER MATERIALIZED VIEW app.mv OWNER TO postgres;

-- 15. create owner(table:app.posts)
ALTER TABLE app.posts OWNER TO postgres;

-- 16. create owner(table:app.users)
ALTER TABLE app.users OWNER TO postgres;

-- 17. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

-- 18. create comment(table:app.users)
COMMENT ON TABLE app.users IS 'Users';

-- 19. drop namespace:other
DROP SCHEMA other;

COMMIT;
