import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { qualified } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({ enabled: z.boolean(), forced: z.boolean() })
export type RowSecurityAttrs = z.infer<typeof schema>

/** It needs its table and its policies: so policies come before ENABLE, and DISABLE before their DROP. */
export const rowSecurity = defineKind<RowSecurityAttrs>({
  kind: 'row_security',
  label: 'row security',
  weight: 82,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname) as path,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('enabled', r.relrowsecurity, 'forced', r.relforcerowsecurity) as attrs,
           (select json_agg(json_build_array(3256, p.oid::int8, 0)) from pg_policy p where p.polrelid = r.oid) as needs
    from rel r where r.relkind in ('r', 'p') and (r.relrowsecurity or r.relforcerowsecurity)`,
  create: (o) => [
    ...(o.attrs.enabled ? [`ALTER TABLE ${qualified(o.path)} ENABLE ROW LEVEL SECURITY`] : []),
    ...(o.attrs.forced ? [`ALTER TABLE ${qualified(o.path)} FORCE ROW LEVEL SECURITY`] : []),
  ],
  drop: (o) => [
    ...(o.attrs.forced ? [`ALTER TABLE ${qualified(o.path)} NO FORCE ROW LEVEL SECURITY`] : []),
    ...(o.attrs.enabled ? [`ALTER TABLE ${qualified(o.path)} DISABLE ROW LEVEL SECURITY`] : []),
  ],
  alter: {
    enabled: (_, to) => [`ALTER TABLE ${qualified(to.path)} ${to.attrs.enabled ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`],
    forced: (_, to) => [`ALTER TABLE ${qualified(to.path)} ${to.attrs.forced ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`],
  },
  dropsWithParent: true,
  /** A policy that is made anew leaves nothing open meanwhile: without one, nobody sees a row. */
  stepAside: (_from, _to, dependency) => (dependency.startsWith('policy:') ? { before: [], after: [] } : null),
  survivesRetype: true,
  stateless: true,
  mutants: (o) => [
    ...(o.attrs.enabled ? [{ what: 'switched off', sql: [`ALTER TABLE ${qualified(o.path)} DISABLE ROW LEVEL SECURITY`], concerns: ['public'], gives: true }] : []),
    ...(o.attrs.enabled && o.attrs.forced
      ? [{ what: 'not forced', sql: [`ALTER TABLE ${qualified(o.path)} NO FORCE ROW LEVEL SECURITY`], concerns: 'owner' as const, gives: true }]
      : []),
  ],
  hazards: (type, from, to) => {
    const t = qualified((to ?? from)!.path)
    if (type === 'drop' || (type === 'alter' && from!.attrs.enabled && !to!.attrs.enabled))
      return [{ name: 'disable_row_security', destructive: true, sentence: `every role with a grant on ${t} sees every row` }]
    if (type === 'alter' && from!.attrs.forced && !to!.attrs.forced)
      return [{ name: 'unforce_row_security', destructive: true, sentence: `the owner of ${t} is no longer held back by its policies` }]
    return []
  },
})

export const rowSecurityId = (path: readonly string[]): string => idOf('row_security', ...path.slice(0, 2))
