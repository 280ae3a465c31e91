import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { recast } from '../recast.ts'
import { defineKind, type AlterContext, type Alteration } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { ident, qualified } from '../../sql/identifier.ts'

const schema = z.strictObject({ type: z.string(), notNull: z.boolean(), default: z.string().nullable(), collation: z.string().nullable() })
export type DomainAttrs = z.infer<typeof schema>

type Domain = DbObject<DomainAttrs>

function createDomain(o: Domain, clauses: readonly string[]): string {
  const a = o.attrs
  const parts = [`CREATE DOMAIN ${qualified(o.path)} AS ${a.type}`]
  if (a.collation !== null) parts.push(`COLLATE ${a.collation}`)
  if (a.default !== null) parts.push(`DEFAULT ${a.default}`)
  if (a.notNull) parts.push('NOT NULL')
  return [...parts, ...clauses].join(' ')
}

/** A domain's type has no ALTER: the old domain steps aside, columns are cast, the old one goes. Its checks are made again after. */
function rebuildDomain(from: Domain, to: Domain, context: AlterContext): Alteration {
  return { rebuild: recast(from, to, context, createDomain(to, [])), anew: true }
}

/** Checks of a domain are objects of their own (domain_check). */
export const domain = defineKind<DomainAttrs>({
  kind: 'domain',
  label: 'domain',
  weight: 22,
  schema,
  catalog: () => `
    select json_build_array(n.nspname, t.typname) as path,
           json_build_array(json_build_array(1247, t.oid::int8, 0), json_build_array(1247, t.typarray::int8, 0)) as addresses,
           json_build_array(2615, n.oid::int8, 0) as parent,
           json_build_object('type', format_type(t.typbasetype, t.typtypmod), 'notNull', t.typnotnull,
             'default', case when t.typdefaultbin is not null then pg_get_expr(t.typdefaultbin, 0) end,
             'collation', case when t.typcollation <> b.typcollation then format('%I.%I', cn.nspname, co.collname) end) as attrs
    from pg_type t join n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
    left join pg_collation co on co.oid = t.typcollation left join pg_namespace cn on cn.oid = co.collnamespace
    where t.typtype = 'd' and not exists (select from ext x where x.classid = 1247 and x.objid = t.oid)`,
  create: (o, { inlined }) => [createDomain(o, inlined(o.id))],
  drop: (o) => [`DROP DOMAIN ${qualified(o.path)}`],
  alter: {
    type: rebuildDomain,
    collation: rebuildDomain,
    default: (_, to) => [`ALTER DOMAIN ${qualified(to.path)} ${to.attrs.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${to.attrs.default}`}`],
    notNull: (_, to) => [`ALTER DOMAIN ${qualified(to.path)} ${to.attrs.notNull ? 'SET' : 'DROP'} NOT NULL`],
  },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [relationSlot(o.path)],
  rename: (from, to) => [`ALTER DOMAIN ${qualified(from.path)} RENAME TO ${ident(to.path.at(-1)!)}`],
})
