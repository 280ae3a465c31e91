import * as z from 'zod'
import { idOf, satelliteId } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'
import { kindOfId, phrase } from '../phrase.ts'
import { targetOf } from '../satellite.ts'

const schema = z.strictObject({ role: z.string() })
export type OwnerAttrs = z.infer<typeof schema>

/** Kinds whose new owner must be allowed to create in their namespace. */
const inNamespace = new Set([
  'table', 'view', 'materialized_view', 'sequence', 'function', 'aggregate', 'domain', 'enum', 'composite_type', 'range_type', 'collation', 'statistics',
]) // prettier-ignore

/** Who owns an object. Without a declared owner the object belongs to whoever applies the plan, and is left as it is. */
export const owner = defineKind<OwnerAttrs>({
  kind: 'owner',
  label: 'owner',
  weight: 90,
  schema,
  catalog: () => `
    select json_build_array(x.class::int8, x.oid::int8, 0) as of, json_build_object('role', r.rolname) as attrs
    from (select 1259 as class, oid, relowner as owner from rel where relkind in ('r', 'p', 'v', 'm') or relkind = 'S' and not exists (
              select from pg_depend d where d.classid = 1259 and d.objid = rel.oid and d.refclassid = 1259 and d.deptype in ('a', 'i') and d.refobjsubid > 0)
          union all select 2615, n.oid, s.nspowner from n join pg_namespace s on s.oid = n.oid
          union all select 1255, p.oid, p.proowner from pg_proc p join n on n.oid = p.pronamespace
          union all select 1247, t.oid, t.typowner from pg_type t join n on n.oid = t.typnamespace where t.typtype in ('e', 'd', 'r')
          union all select 3456, c.oid, c.collowner from pg_collation c join n on n.oid = c.collnamespace
          union all select 3381, s.oid, s.stxowner from pg_statistic_ext s join n on n.oid = s.stxnamespace
          union all select 6104, p.oid, p.pubowner from pg_publication p
          union all select 3466, e.oid, e.evtowner from pg_event_trigger e
          union all select 1247, t.oid, t.typowner from pg_type t join rel c on c.reltype = t.oid and c.relkind = 'c') x
    join pg_roles r on r.oid = x.owner`,
  read: (row, context) => {
    const t = targetOf(row, context)
    if (t === null) return []
    const role = (row.attrs as OwnerAttrs).role
    return [{ id: satelliteId('owner', t.id), kind: 'owner', path: t.path, parent: t.id, attrs: { role }, refs: [...t.refs, idOf('role', role)] }]
  },
  create: (o) => [`ALTER ${phrase(o.parent!, o.path, true)} OWNER TO ${ident(o.attrs.role)}`],
  drop: () => [],
  alter: { role: (_, to) => [`ALTER ${phrase(to.parent!, to.path, true)} OWNER TO ${ident(to.attrs.role)}`] },
  rights: (o) => ({ member: o.attrs.role, ...(inNamespace.has(kindOfId(o.parent!)) ? { createsIn: o.path[0]! } : {}) }),
  optional: true,
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  hazards: (type, _from, to) =>
    type === 'alter'
      ? [{ name: 'change_owner', destructive: false, sentence: `${to!.attrs.role} may alter and drop it, and is bound by its policies only if they are forced` }]
      : [],
})
