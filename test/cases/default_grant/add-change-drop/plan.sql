BEGIN;

-- 1. create default_grant:dg_maker."*".functions.public
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- 2. create default_grant:dg_maker."*".types.public
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker REVOKE USAGE ON TYPES FROM PUBLIC;

-- 3. alter default_grant:dg_maker.app.tables.dg_reader
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker IN SCHEMA app GRANT INSERT ON TABLES TO dg_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker IN SCHEMA app GRANT SELECT ON TABLES TO dg_reader WITH GRANT OPTION;

-- 4. drop default_grant:dg_maker."*".sequences.dg_reader
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker REVOKE USAGE ON SEQUENCES FROM dg_reader;

COMMIT;
