import * as z from 'zod'
import { ident } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({})
export type NamespaceAttrs = Record<string, never>

export const namespace = defineKind<NamespaceAttrs>({
  kind: 'namespace',
  label: 'namespace',
  weight: 10,
  schema,
  catalog: () => `
    select json_build_array(n.nspname) as path,
           json_build_array(json_build_array(2615, n.oid::int8, 0)) as addresses,
           '{}'::json as attrs
    from n where not exists (select from ext e where e.classid = 2615 and e.objid = n.oid)`,
  /** `public` is made as every database has it: PUBLIC may use it (see the grant kind). */
  create: (o) => [
    `CREATE SCHEMA ${ident(o.path[0]!)}`,
    ...(o.path[0] === 'public' ? ['GRANT USAGE ON SCHEMA public TO PUBLIC', "COMMENT ON SCHEMA public IS 'standard public schema'"] : []),
  ],
  drop: (o) => [`DROP SCHEMA ${ident(o.path[0]!)}`],
  alter: {},
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  rename: (from, to) => [`ALTER SCHEMA ${ident(from.path[0]!)} RENAME TO ${ident(to.path[0]!)}`],
})
