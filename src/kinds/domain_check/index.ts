import * as z from 'zod'
import { defineKind } from '../contract.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import type { DbObject } from '../../model/object.ts'

const schema = z.strictObject({ expression: z.string(), valid: z.boolean() })
export type DomainCheckAttrs = z.infer<typeof schema>

const on = (o: DbObject): string => qualified(o.path.slice(0, 2))
const clause = (o: DbObject<DomainCheckAttrs>): string => `CONSTRAINT ${ident(o.path[2]!)} CHECK (${o.attrs.expression})`

/** Path: namespace, domain, constraint. */
export const domainCheck = defineKind<DomainCheckAttrs>({
  kind: 'domain_check',
  label: 'check',
  weight: 24,
  schema,
  catalog: () => `
    select json_build_array(n.nspname, t.typname, c.conname) as path,
           json_build_array(json_build_array(2606, c.oid::int8, 0)) as addresses,
           json_build_array(1247, t.oid::int8, 0) as parent,
           json_build_object('expression', pg_get_expr(c.conbin, 0), 'valid', c.convalidated) as attrs
    from pg_constraint c join pg_type t on t.oid = c.contypid join n on n.oid = t.typnamespace
    where c.contype = 'c' and not exists (select from ext x where x.classid = 1247 and x.objid = t.oid)`,
  create: (o) => [`ALTER DOMAIN ${on(o)} ADD ${clause(o)}${o.attrs.valid ? '' : ' NOT VALID'}`],
  inline: (o) => (o.attrs.valid ? { clause: clause(o) } : null),
  drop: (o) => [`ALTER DOMAIN ${on(o)} DROP CONSTRAINT ${ident(o.path[2]!)}`],
  alter: {
    expression: 'replace',
    valid: (_, to) => (to.attrs.valid ? [`ALTER DOMAIN ${on(to)} VALIDATE CONSTRAINT ${ident(to.path[2]!)}`] : 'replace'),
  },
  dropsWithParent: true,
  survivesRetype: false,
  stateless: true,
  hazards: (type) => (type === 'create' ? [{ name: 'validates_domain', destructive: false, sentence: 'every column of the domain is checked' }] : []),
})
