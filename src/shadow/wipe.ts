import type { Connection } from '../db/index.ts'
import { literal } from '../sql/literal.ts'

/** Empties the scratch database and removes every role that is not the server's own or ours, so that the next state starts from nothing. */
export async function wipe(connection: Connection): Promise<void> {
  await connection.script(`RESET ALL; SET client_min_messages = error; DO $wipe$
DECLARE r record;
BEGIN
  FOR r IN SELECT extname FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE pg_catalog.format('DROP EXTENSION IF EXISTS %I CASCADE', r.extname);
  END LOOP;
  FOR r IN SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE pg_catalog.format('DROP SCHEMA %I CASCADE', r.nspname);
  END LOOP;
  FOR r IN SELECT DISTINCT a.rolname FROM pg_catalog.pg_default_acl d JOIN pg_catalog.pg_roles a ON a.oid = d.defaclrole LOOP
    EXECUTE pg_catalog.format('DROP OWNED BY %I CASCADE', r.rolname);
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
