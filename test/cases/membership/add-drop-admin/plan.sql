BEGIN;

-- 1. create role:me_second
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'me_second') THEN
    ALTER ROLE me_second WITH NOCREATEDB NOCREATEROLE INHERIT NOLOGIN;
  ELSE
    CREATE ROLE me_second;
  END IF;
END $$;

-- 2. create membership:me_group.me_second
GRANT me_group TO me_second;

-- 3. create membership:me_other.me_second
GRANT me_other TO me_second;

-- 4. alter membership:me_group.me_member
REVOKE me_group FROM me_member;
GRANT me_group TO me_member WITH ADMIN OPTION;

-- 5. drop membership:me_other.me_member
REVOKE me_other FROM me_member;

COMMIT;
