BEGIN;

-- 1. create role:ra_gone
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ra_gone') THEN
    ALTER ROLE ra_gone WITH CREATEDB NOCREATEROLE INHERIT NOLOGIN;
  ELSE
    CREATE ROLE ra_gone WITH CREATEDB;
  END IF;
END $$;

-- 2. create comment(role:ra_gone)
COMMENT ON ROLE ra_gone IS 'Leaves';

-- 3. drop comment(role:ra_owner)
COMMENT ON ROLE ra_owner IS NULL;

-- 4. alter role:ra_owner
ALTER ROLE ra_owner WITH NOCREATEROLE INHERIT LOGIN CONNECTION LIMIT 3 VALID UNTIL 'infinity';
ALTER ROLE ra_owner RESET lock_timeout;
ALTER ROLE ra_owner SET search_path TO app, pg_temp;
ALTER ROLE ra_owner SET statement_timeout TO '5s';

-- 5. drop role:ra_fresh
--    drop_role: role ra_fresh goes, with its memberships and password
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_shdepend d
             WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.refobjid = 'ra_fresh'::pg_catalog.regrole
               AND d.dbid NOT IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))) THEN
    RAISE NOTICE 'role % is kept: another database of this server uses it', 'ra_fresh';
  ELSE
    DROP ROLE ra_fresh;
  END IF;
END $$;

COMMIT;
