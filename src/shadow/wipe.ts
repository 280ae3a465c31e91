import type { Connection } from '../db/index.ts'
import { literal } from '../sql/literal.ts'

/** Empties the scratch database, so that the next state starts from nothing. Default privileges go back to what PostgreSQL gives. */
export async function wipe(connection: Connection): Promise<void> {
  await connection.script(`RESET ALL; SET client_min_messages = error; DO $wipe$
DECLARE r record; g record;
BEGIN
  FOR r IN SELECT evtname FROM pg_catalog.pg_event_trigger LOOP
    EXECUTE pg_catalog.format('DROP EVENT TRIGGER IF EXISTS %I', r.evtname);
  END LOOP;
  FOR r IN SELECT pubname FROM pg_catalog.pg_publication LOOP
    EXECUTE pg_catalog.format('DROP PUBLICATION %I', r.pubname);
  END LOOP;
  FOR r IN SELECT extname FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE pg_catalog.format('DROP EXTENSION IF EXISTS %I CASCADE', r.extname);
  END LOOP;
  FOR r IN SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE pg_catalog.format('DROP SCHEMA %I CASCADE', r.nspname);
  END LOOP;
  FOR r IN SELECT pg_catalog.format('ALTER DEFAULT PRIVILEGES FOR ROLE %I %%s %s %%s', pg_catalog.pg_get_userbyid(d.defaclrole), 'ON ' || what) AS change,
      d.defaclacl AS now, pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole) AS usual
      FROM pg_catalog.pg_default_acl d, LATERAL (SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS what) w LOOP
    FOR g IN SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(grantee)) END AS who FROM pg_catalog.aclexplode(r.now) LOOP
      EXECUTE pg_catalog.format(r.change, 'REVOKE ALL', 'FROM ' || g.who);
    END LOOP;
    FOR g IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(grantee)) END AS who, privilege_type AS what FROM pg_catalog.aclexplode(r.usual) LOOP
      EXECUTE pg_catalog.format(r.change, 'GRANT ' || g.what, 'TO ' || g.who);
    END LOOP;
  END LOOP;
END $wipe$; RESET client_min_messages`)
}

/** Removes roles that a run made, and what they own or were granted in this database. */
export async function dropRoles(connection: Connection, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const list = names.map(literal).join(', ')
  await connection.script(`SET client_min_messages = error; DO $wipe$
DECLARE r record;
BEGIN
  FOR r IN SELECT rolname FROM pg_catalog.pg_roles WHERE rolname IN (${list}) LOOP
    EXECUTE pg_catalog.format('DROP OWNED BY %I CASCADE', r.rolname);
    EXECUTE pg_catalog.format('DROP ROLE %I', r.rolname);
  END LOOP;
END $wipe$; RESET client_min_messages`)
}
