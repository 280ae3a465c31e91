import type { Connection } from '../db/index.ts'
import { lendRole, rightsFor } from '../kinds/rights.ts'
import { UserError } from '../model/error.ts'
import type { DbObject } from '../model/object.ts'
import type { DocumentStep, PlanDocument } from '../plan/document.ts'

/** Refuses before anything runs what this role may not do, so that no plan stops half way for that. */
export async function checkRights(connection: Connection, plan: PlanDocument, direction: 'forward' | 'rollback'): Promise<void> {
  const steps = plan[direction]
  const rows = await connection.query<{ ok: boolean; role: string; database: string }>(
    `select to_regnamespace('pgintent') is not null or has_database_privilege(current_database(), 'CREATE') as ok, current_user as role, current_database() as database`,
  )
  const r = rows[0]!
  if (!r.ok)
    throw new UserError({
      where: `role ${r.role}`,
      what: `it lacks CREATE on database ${r.database}, which applying and its journal need`,
      todo: `GRANT CREATE ON DATABASE ${r.database} TO ${r.role}`,
    })
  await checkRoles(connection, plan, direction)
  const lent = steps.flatMap((s) => (s.action === 'lend' ? s.sql : []))
  await checkOwners(connection, plan, lent, direction)
  const paths = [...new Set(steps.flatMap((s) => (s.relation === null || !ownersOnly(s) ? [] : [s.relation])))].map(pathOf)
  if (paths.length === 0) return
  const others = await connection.query<{ name: string; owner: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, pg_get_userbyid(c.relowner) as owner from json_array_elements($1::json) p
     join pg_namespace n on n.nspname = p->>0 join pg_class c on c.relnamespace = n.oid and c.relname = p->>1
     where not pg_has_role(current_user, c.relowner, 'USAGE') and format('GRANT %I TO CURRENT_USER', pg_get_userbyid(c.relowner)) <> all ($2::text[]) order by 1`,
    [JSON.stringify(paths), lent],
  )
  const [first] = others
  if (first === undefined) return
  const more = others.length > 1 ? ` and ${others.length - 1} more` : ''
  throw new UserError({
    where: `role ${r.role}`,
    what: `it is neither the owner of ${first.name}${more}, which the plan changes, nor a member of the owner ${first.owner}`,
    todo: `connect as ${first.owner}, or GRANT ${first.owner} TO ${r.role}`,
  })
}

/** A superuser gives things to anybody; others only to roles they belong to, and a plan lends them those when they made it. */
async function checkOwners(connection: Connection, plan: PlanDocument, lent: readonly string[], direction: 'forward' | 'rollback'): Promise<void> {
  const after = plan.touched.flatMap((t) => (direction === 'forward' ? t.to : t.from) ?? [])
  const owners = [...new Set(after.flatMap((o) => rightsFor(o as DbObject).member ?? []))].filter((owner) => !lent.includes(lendRole(owner)))
  if (owners.length === 0) return
  const rows = await connection.query<{ owner: string; name: string }>(
    `select o as owner, current_user as name from unnest($1::text[]) o
     where not (select rolsuper from pg_roles where rolname = current_user) and coalesce(not pg_has_role(current_user, to_regrole(quote_ident(o)), 'USAGE'), true) limit 1`,
    [owners],
  )
  const [first] = rows
  if (first === undefined) return
  throw new UserError({
    where: `role ${first.name}`,
    what: `the plan gives things to ${first.owner}, of which it is no member`,
    todo: `GRANT ${first.owner} TO ${first.name}; or, if it may grant itself that role, plan again as ${first.name}: the plan then does so while it runs`,
  })
}

/** Roles are outside a database: one that a declaration only speaks of may be missing on this server. */
async function checkRoles(connection: Connection, plan: PlanDocument, direction: 'forward' | 'rollback'): Promise<void> {
  const made = new Set(plan[direction].map((s) => s.id))
  const after = plan.touched.flatMap((t) => (direction === 'forward' ? t.to : t.from) ?? [])
  const spoken = after.flatMap((o) => o.refs.filter((r) => r.startsWith('role:') && !made.has(r)).map((r) => ({ name: pathOf(r)[0]!, by: o })))
  if (spoken.length === 0) return
  const rows = await connection.query<{ name: string }>('select name from unnest($1::text[]) name where not exists (select from pg_roles where rolname = name)', [
    spoken.map((s) => s.name),
  ])
  const first = spoken.find((s) => s.name === rows[0]?.name)
  if (first === undefined) return
  const at = first.by.at
  throw new UserError({
    where: at ? `${at.file}:${at.line}:${at.column}` : first.by.id,
    what: `${first.by.id} speaks of the role "${first.name}", which this server does not have`,
    todo: `create it, or declare it with role('${first.name}')`,
  })
}

/** Rights on a relation and triggers can be given by others than its owner. */
const ownersOnly = (s: DocumentStep): boolean => !/^(grant\(|trigger:)/.test(s.id)

/** The names in an id, unquoted. */
export function pathOf(id: string): string[] {
  return [...id.slice(id.indexOf(':') + 1).matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[0])
}
