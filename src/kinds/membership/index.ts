import * as z from 'zod'
import { ident } from '../../sql/identifier.ts'
import { idOf } from '../../model/object.ts'
import { defineKind } from '../contract.ts'
import type { DbObject } from '../../model/object.ts'

const schema = z.strictObject({ admin: z.boolean(), inherit: z.boolean().nullable(), set: z.boolean().nullable() })
/** `inherit` and `set` are null where the server has no such option (15) or the member's default holds. */
export type MembershipAttrs = z.infer<typeof schema>

function grant(o: DbObject<MembershipAttrs>): string {
  const options = [
    ...(o.attrs.admin ? ['ADMIN'] : []),
    ...(o.attrs.inherit === null ? [] : [`INHERIT ${o.attrs.inherit ? 'TRUE' : 'FALSE'}`]),
    ...(o.attrs.set === null ? [] : [`SET ${o.attrs.set ? 'TRUE' : 'FALSE'}`]),
  ]
  const only = options.length === 1 && o.attrs.admin
  const text = only ? ' WITH ADMIN OPTION' : options.length === 0 ? '' : ` WITH ${options.map((x) => (x === 'ADMIN' ? 'ADMIN TRUE' : x)).join(', ')}`
  return `GRANT ${ident(o.path[0]!)} TO ${ident(o.path[1]!)}${text}`
}
const revoke = (o: DbObject<MembershipAttrs>): string => `REVOKE ${ident(o.path[0]!)} FROM ${ident(o.path[1]!)}`
const again = (from: DbObject<MembershipAttrs>, to: DbObject<MembershipAttrs>): string[] => [revoke(from), grant(to)]

/** Path: the group, then the member. */
export const membership = defineKind<MembershipAttrs>({
  kind: 'membership',
  label: 'membership',
  weight: 6,
  schema,
  clusterWide: true,
  catalog: (version) => `
    select json_build_array(g.rolname, m.rolname) as path,
           json_build_object('admin', bool_or(a.admin_option),
             'inherit', ${version >= 160000 ? 'nullif(bool_or(a.inherit_option), m.rolinherit)' : 'null::bool'},
             'set', ${version >= 160000 ? 'nullif(bool_or(a.set_option), true)' : 'null::bool'}) as attrs
    from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
    where g.rolname !~ '^pg_' and m.rolname !~ '^pg_' ${version >= 160000 ? 'and not (a.grantor = 10 and a.admin_option and not a.inherit_option and not a.set_option)' : ''}
    group by g.rolname, m.rolname, m.rolinherit`,
  read: (row) => [{
    id: idOf('membership', ...row.path!), kind: 'membership', path: row.path!, parent: null,
    attrs: row.attrs as MembershipAttrs, refs: row.path!.map((r) => idOf('role', r)),
  }], // prettier-ignore
  create: (o) => [grant(o)],
  drop: (o) => [revoke(o)],
  alter: { admin: again, inherit: again, set: again },
  dropsWithParent: false,
  survivesRetype: true,
  stateless: true,
})
