BEGIN;

-- 1. create extension:citext
CREATE EXTENSION citext WITH SCHEMA public;

COMMIT;
