BEGIN;

-- 1. create default_grant:dg_maker."*".sequences.dg_reader
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker GRANT USAGE ON SEQUENCES TO dg_reader;

-- 2. alter default_grant:dg_maker.app.tables.dg_reader
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker IN SCHEMA app REVOKE INSERT ON TABLES FROM dg_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker IN SCHEMA app REVOKE GRANT OPTION FOR SELECT ON TABLES FROM dg_reader;

-- 3. drop default_grant:dg_maker."*".functions.public
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

-- 4. drop default_grant:dg_maker."*".types.public
ALTER DEFAULT PRIVILEGES FOR ROLE dg_maker GRANT USAGE ON TYPES TO PUBLIC;

COMMIT;
