import * as z from 'zod'
import { idOf, satelliteId, type DbObject, type Id } from '../../model/object.ts'
import { defineKind } from '../contract.ts'
import { targetOf } from '../satellite.ts'
import * as render from './render.ts'

/** Privileges by name, lower case; true with GRANT OPTION. */
const privileges = z.record(z.string(), z.boolean())
const schema = z.strictObject({
  grantee: z.string(),
  privileges,
  /** What PostgreSQL gives this grantee on a new object of this kind (acldefault): to the owner everything, to PUBLIC some. */
  builtIn: z.array(z.string()),
})
export type GrantAttrs = z.infer<typeof schema>

interface Acl { readonly grants: readonly [string, string, boolean][]; readonly defaults: readonly [string, string][] } // prettier-ignore

function byGrantee(acl: Acl, target: Id): Map<string, GrantAttrs> {
  const out = new Map<string, { grantee: string; privileges: Record<string, boolean>; builtIn: string[] }>()
  const at = (grantee: string) => {
    const g = out.get(grantee) ?? { grantee, privileges: {}, builtIn: [] }
    out.set(grantee, g)
    return g
  }
  for (const [grantee, privilege, grantable] of acl.grants) {
    const p = at(grantee).privileges
    p[privilege.toLowerCase()] = grantable || p[privilege.toLowerCase()] === true
  }
  for (const [grantee, privilege] of [...acl.defaults, ...render.alsoBuiltIn(target)]) at(grantee).builtIn.push(privilege.toLowerCase())
  for (const [grantee, g] of out) {
    g.builtIn.sort()
    const names = Object.keys(g.privileges).sort()
    if (names.length === g.builtIn.length && names.every((n, i) => n === g.builtIn[i]) && !Object.values(g.privileges).includes(true)) out.delete(grantee)
  }
  return out
}

/** What one grantee may do with one object, where that differs from what PostgreSQL gives by itself. */
export const grant = defineKind<GrantAttrs>({
  kind: 'grant',
  label: 'grant',
  weight: 92,
  /** Before an owner changes: what is revoked from the next owner would be his as the owner. */
  dropWeight: 3,
  schema,
  catalog: () => `
    select json_build_array(x.class::int8, x.oid::int8, x.sub) as of, case when x.sub > 0 then json_build_array(x.name) end as path,
           json_build_object(
             'grants', (select coalesce(json_agg(json_build_array(case when e.grantee = 0 then 'public' else pg_get_userbyid(e.grantee) end, e.privilege_type, e.is_grantable)), '[]') from aclexplode(x.acl) e),
             'defaults', (select coalesce(json_agg(json_build_array(case when e.grantee = 0 then 'public' else pg_get_userbyid(e.grantee) end, e.privilege_type)), '[]') from aclexplode(acldefault(x.type, x.owner)) e)) as attrs
    from (select 1259 as class, oid, 0 as sub, null::name as name, (case relkind when 'S' then 's' else 'r' end)::"char" as type, relowner as owner, relacl as acl from rel where relkind in ('r', 'p', 'v', 'm', 'S')
          union all select 1259, r.oid, a.attnum, a.attname, 'c', r.relowner, a.attacl from rel r join pg_attribute a on a.attrelid = r.oid and a.attacl is not null and not a.attisdropped
          union all select 2615, n.oid, 0, null, 'n', s.nspowner, s.nspacl from n join pg_namespace s on s.oid = n.oid
          union all select 1255, p.oid, 0, null, 'f', p.proowner, p.proacl from pg_proc p join n on n.oid = p.pronamespace
          union all select 1247, t.oid, 0, null, 'T', t.typowner, t.typacl from pg_type t join n on n.oid = t.typnamespace where t.typtype in ('e', 'd', 'r', 'c')) x
    where x.acl is not null and not exists (select from ext e where e.classid = x.class and e.objid = x.oid)`,
  read: (row, context) => {
    const t = targetOf(row, context)
    if (t === null) return []
    return [...byGrantee(row.attrs as unknown as Acl, t.id).values()].map((attrs): DbObject<GrantAttrs> => {
      const refs = attrs.grantee === 'public' ? t.refs : [...t.refs, idOf('role', attrs.grantee)]
      return { id: satelliteId('grant', t.id, attrs.grantee), kind: 'grant', path: t.path, parent: t.id, attrs, refs }
    })
  },
  create: (o) => render.between(o, render.builtIn(o.attrs), o.attrs.privileges),
  drop: (o, { from, to }) => [
    ...render.between(o, o.attrs.privileges, render.builtIn(o.attrs)),
    // Comes before anything is created: what columns did not have before they get later.
    ...render.restored(o, o.attrs.privileges, render.builtIn(o.attrs), to, from),
  ],
  alter: {
    privileges: (from, to, context) => [
      ...render.between(to, from.attrs.privileges, to.attrs.privileges),
      ...render.restored(to, from.attrs.privileges, to.attrs.privileges, context.to),
    ],
    grantee: 'replace',
    builtIn: () => [],
  },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  hazards: (type, from, to) => {
    const had = new Set(type === 'create' ? to!.attrs.builtIn : Object.keys(from!.attrs.privileges))
    const has = new Set(type === 'drop' ? from!.attrs.builtIn : Object.keys(to!.attrs.privileges))
    const gained = [...has].filter((p) => !had.has(p))
    const lost = [...had].filter((p) => !has.has(p))
    const who = (to ?? from)!.attrs.grantee
    const out = []
    if (gained.length > 0) out.push({ name: 'grants', destructive: false, sentence: `${who} gains ${gained.join(', ')}` })
    if (lost.length > 0) out.push({ name: 'revokes', destructive: false, sentence: `${who} loses ${lost.join(', ')}` })
    return out
  },
})
