import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident, qualified, roleName } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'
import { mutantsOf } from './mutants.ts'

const schema = z.strictObject({
  command: z.enum(['all', 'select', 'insert', 'update', 'delete']),
  permissive: z.boolean(),
  /** Sorted; `public` is everyone. */
  roles: z.array(z.string()),
  using: z.string().nullable(),
  check: z.string().nullable(),
})
export type PolicyAttrs = z.infer<typeof schema>
type Policy = DbObject<PolicyAttrs>

const head = (o: Policy, verb: string): string => `${verb} POLICY ${ident(o.path[2]!)} ON ${qualified(o.path.slice(0, 2))}`
const roles = (o: Policy): string => o.attrs.roles.map(roleName).join(', ')

function create(o: Policy): string[] {
  const a = o.attrs
  const parts = [head(o, 'CREATE')]
  if (!a.permissive) parts.push('AS RESTRICTIVE')
  if (a.command !== 'all') parts.push(`FOR ${a.command.toUpperCase()}`)
  parts.push(`TO ${roles(o)}`)
  if (a.using !== null) parts.push(`USING (${a.using})`)
  if (a.check !== null) parts.push(`WITH CHECK (${a.check})`)
  return [parts.join(' ')]
}

const drop = (o: Policy): string[] => [head(o, 'DROP')]

/** Path: namespace, table, policy. Dropped by name, never with its table: it may speak of others. */
export const policy = defineKind<PolicyAttrs>({
  kind: 'policy',
  label: 'policy',
  weight: 80,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname, p.polname) as path,
           json_build_array(json_build_array(3256, p.oid::int8, 0)) as addresses,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
             'permissive', p.polpermissive,
             'roles', (select json_agg(x order by x collate "C") from (select case when u = 0 then 'public' else pg_get_userbyid(u) end::text as x from unnest(p.polroles) u) y),
             'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) as attrs,
           (select json_agg(json_build_array(1260, u::int8, 0)) from unnest(p.polroles) u where u <> 0) as needs
    from pg_policy p join rel r on r.oid = p.polrelid`,
  create,
  drop,
  alter: {
    command: 'replace',
    permissive: 'replace',
    roles: (_, to) => [`${head(to, 'ALTER')} TO ${roles(to)}`],
    using: (_, to) => (to.attrs.using === null ? 'replace' : [`${head(to, 'ALTER')} USING (${to.attrs.using})`]),
    check: (_, to) => (to.attrs.check === null ? 'replace' : [`${head(to, 'ALTER')} WITH CHECK (${to.attrs.check})`]),
  },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  mutants: (o) => mutantsOf(o, create, drop),
  hazards: (type, from, to) => {
    if (type === 'drop' && !from!.attrs.permissive)
      return [{ name: 'drop_restrictive_policy', destructive: true, sentence: `what ${ident(from!.path[2]!)} held back is let through` }]
    if (type === 'create' || type === 'drop')
      return [
        {
          name: 'row_visibility',
          destructive: false,
          sentence: `${type === 'create' ? 'adds' : 'removes'} a policy: ${roles((to ?? from)!)} may see or write other rows of ${qualified((to ?? from)!.path.slice(0, 2))}`,
        },
      ]
    return [{ name: 'row_visibility', destructive: false, sentence: `changes which rows of ${qualified(to!.path.slice(0, 2))} ${roles(to!)} may see or write` }]
  },
  rename: (from, to) => [`${head(from, 'ALTER')} RENAME TO ${ident(to.path[2]!)}`],
})
