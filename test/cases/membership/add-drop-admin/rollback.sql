BEGIN;

-- 1. create membership:me_other.me_member
GRANT me_other TO me_member WITH ADMIN OPTION;

-- 2. alter membership:me_group.me_member
REVOKE me_group FROM me_member;
GRANT me_group TO me_member;

-- 3. drop membership:me_group.me_second
REVOKE me_group FROM me_second;

-- 4. drop membership:me_other.me_second
REVOKE me_other FROM me_second;

-- 5. drop role:me_second
--    drop_role: role me_second goes, with its memberships and password
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_shdepend d
             WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.refobjid = 'me_second'::pg_catalog.regrole
               AND d.dbid NOT IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))) THEN
    RAISE NOTICE 'role % is kept: another database of this server uses it', 'me_second';
  ELSE
    DROP ROLE me_second;
  END IF;
END $$;

COMMIT;
