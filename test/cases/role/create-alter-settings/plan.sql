BEGIN;

-- 1. create role:ra_fresh
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ra_fresh') THEN
    ALTER ROLE ra_fresh WITH NOCREATEDB NOCREATEROLE INHERIT LOGIN BYPASSRLS;
  ELSE
    CREATE ROLE ra_fresh WITH LOGIN BYPASSRLS;
  END IF;
END $$;

-- 2. alter role:ra_owner
ALTER ROLE ra_owner WITH CREATEROLE NOINHERIT NOLOGIN CONNECTION LIMIT -1 VALID UNTIL '2030-01-01 00:00:00+00';
ALTER ROLE ra_owner RESET statement_timeout;
ALTER ROLE ra_owner SET lock_timeout TO '1s';
ALTER ROLE ra_owner SET search_path TO app;

-- 3. create comment(role:ra_owner)
COMMENT ON ROLE ra_owner IS 'Owns';

-- 4. drop role:ra_gone
--    drop_role: role ra_gone goes, with its memberships and password
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_shdepend d
             WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.refobjid = 'ra_gone'::pg_catalog.regrole
               AND d.dbid NOT IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))) THEN
    RAISE NOTICE 'role % is kept: another database of this server uses it', 'ra_gone';
  ELSE
    DROP ROLE ra_gone;
  END IF;
END $$;

COMMIT;
