import * as z from 'zod'
import { idOf, type DbObject } from '../../model/object.ts'
import { ident, qualified, roleName } from '../../sql/identifier.ts'
import { defineKind, type Statement } from '../contract.ts'
import { kindOfId, phrase } from '../phrase.ts'

const objects = z.enum(['tables', 'sequences', 'functions', 'types', 'schemas'])
const schema = z.strictObject({
  role: z.string(),
  namespace: z.string().nullable(),
  objects,
  grantee: z.string(),
  privileges: z.record(z.string(), z.boolean()),
  builtIn: z.array(z.string()),
})
export type DefaultGrantAttrs = z.infer<typeof schema>
type DefaultGrant = DbObject<DefaultGrantAttrs>
type Privileges = { readonly [name: string]: boolean }

interface Row { role: string; namespace: string | null; objects: DefaultGrantAttrs['objects']; grants: [string, string, boolean][]; defaults: [string, string][] } // prettier-ignore

const builtIn = (a: DefaultGrantAttrs): Privileges => Object.fromEntries(a.builtIn.map((p) => [p, false]))

function between(o: DefaultGrant, from: Privileges, to: Privileges): string[] {
  const a = o.attrs
  const head = `ALTER DEFAULT PRIVILEGES FOR ROLE ${ident(a.role)}${a.namespace === null ? '' : ` IN SCHEMA ${ident(a.namespace)}`}`
  const on = `ON ${a.objects.toUpperCase()}`
  const list = (names: readonly string[]): string => names.map((n) => n.toUpperCase()).join(', ')
  const who = roleName(a.grantee)
  const revoked = Object.keys(from).filter((n) => !(n in to))
  const plain = Object.keys(to).filter((n) => !to[n] && !(n in from))
  const withOption = Object.keys(to).filter((n) => to[n] && !from[n])
  const optionGone = Object.keys(to).filter((n) => !to[n] && from[n])
  const out: string[] = []
  if (revoked.length > 0) out.push(`${head} REVOKE ${list(revoked)} ${on} FROM ${who}`)
  if (optionGone.length > 0) out.push(`${head} REVOKE GRANT OPTION FOR ${list(optionGone)} ${on} FROM ${who}`)
  if (plain.length > 0) out.push(`${head} GRANT ${list(plain)} ${on} TO ${who}`)
  if (withOption.length > 0) out.push(`${head} GRANT ${list(withOption)} ${on} TO ${who} WITH GRANT OPTION`)
  return out
}

const affected: Record<DefaultGrantAttrs['objects'], readonly string[]> = {
  tables: ['table', 'view', 'materialized_view'], sequences: ['sequence'], functions: ['function', 'aggregate'],
  types: ['enum', 'domain', 'composite_type', 'range_type'], schemas: ['namespace'],
} // prettier-ignore

/** Takes back, from an object just created, what this default gave it: declared grants are the whole truth about an object. */
function undo(o: DefaultGrant, created: DbObject): Statement[] {
  const a = o.attrs
  const kind = kindOfId(created.id)
  if (!affected[a.objects].includes(kind)) return []
  if (a.namespace !== null && created.path[0] !== a.namespace) return []
  const word = a.objects === 'tables' ? 'TABLE' : a.objects === 'types' ? 'TYPE' : null
  const on = word === null ? phrase(created.id, created.path, true) : `${word} ${qualified(created.path)}`
  const extra = Object.keys(a.privileges).filter((p) => !a.builtIn.includes(p))
  const missing = a.builtIn.filter((p) => !(p in a.privileges))
  const list = (names: readonly string[]): string => names.map((n) => n.toUpperCase()).join(', ')
  const out: Statement[] = []
  if (extra.length > 0) out.push(`REVOKE ${list(extra)} ON ${on} FROM ${roleName(a.grantee)}`)
  if (missing.length > 0 && a.grantee === 'public') out.push(`GRANT ${list(missing)} ON ${on} TO PUBLIC`)
  return out
}

/** ALTER DEFAULT PRIVILEGES, one grantee at a time. Made last, so that it does not touch what the same plan creates. */
export const defaultGrant = defineKind<DefaultGrantAttrs>({
  kind: 'default_grant',
  label: 'default privileges',
  weight: 98,
  schema,
  catalog: () => `
    select json_build_object('role', pg_get_userbyid(d.defaclrole), 'namespace', n.nspname,
             'objects', case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' else 'schemas' end,
             'grants', (select coalesce(json_agg(json_build_array(case when e.grantee = 0 then 'public' else pg_get_userbyid(e.grantee) end, e.privilege_type, e.is_grantable)), '[]') from aclexplode(d.defaclacl) e),
             'defaults', (select coalesce(json_agg(json_build_array(case when e.grantee = 0 then 'public' else pg_get_userbyid(e.grantee) end, e.privilege_type)), '[]')
                from aclexplode(case when d.defaclnamespace = 0 then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole) end) e)) as attrs
    from pg_default_acl d left join n on n.oid = d.defaclnamespace
    where d.defaclobjtype in ('r', 'S', 'f', 'T', 'n') and (d.defaclnamespace = 0 or n.oid is not null)`,
  read: (row) => {
    const r = row.attrs as unknown as Row
    const out = new Map<string, { privileges: Record<string, boolean>; builtIn: string[] }>()
    const at = (grantee: string) => out.get(grantee) ?? out.set(grantee, { privileges: {}, builtIn: [] }).get(grantee)!
    for (const [grantee, privilege, grantable] of r.grants) at(grantee).privileges[privilege.toLowerCase()] = grantable
    for (const [grantee, privilege] of r.defaults) at(grantee).builtIn.push(privilege.toLowerCase())
    return [...out].flatMap(([grantee, g]): DefaultGrant[] => {
      g.builtIn.sort()
      if (Object.keys(g.privileges).sort().join() === g.builtIn.join() && !Object.values(g.privileges).includes(true)) return []
      const path = [r.role, r.namespace ?? '*', r.objects, grantee]
      const needs = [idOf('role', r.role), ...(grantee === 'public' ? [] : [idOf('role', grantee)]), ...(r.namespace === null ? [] : [idOf('namespace', r.namespace)])]
      const attrs = { role: r.role, namespace: r.namespace, objects: r.objects, grantee, ...g }
      return [{ id: idOf('default_grant', ...path), kind: 'default_grant', path, parent: null, attrs, refs: needs }]
    })
  },
  create: (o) => between(o, builtIn(o.attrs), o.attrs.privileges),
  drop: (o) => between(o, o.attrs.privileges, builtIn(o.attrs)),
  alter: {
    role: 'replace', namespace: 'replace', objects: 'replace', grantee: 'replace', builtIn: () => [],
    privileges: (from, to) => between(to, from.attrs.privileges, to.attrs.privileges),
  }, // prettier-ignore
  rights: (o) => ({ member: o.attrs.role }),
  dropsWithParent: false,
  survivesRetype: true,
  stateless: true,
  onCreate: undo,
})
