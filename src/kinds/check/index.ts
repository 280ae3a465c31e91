import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import * as constraint from '../constraint.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({ expression: z.string(), noInherit: z.boolean(), valid: z.boolean(), enforced: z.boolean() })
export type CheckAttrs = z.infer<typeof schema>

function clause({ path, attrs: a }: DbObject<CheckAttrs>): string {
  return `CONSTRAINT ${ident(path[2]!)} CHECK (${a.expression})${a.noInherit ? ' NO INHERIT' : ''}`
}

/** Checks that come from a parent alone are the parent's. */
export const check = defineKind<CheckAttrs>({
  kind: 'check',
  label: 'check',
  weight: 46,
  schema,
  catalog: (version) => `
    select json_build_array(r.nspname, r.relname, c.conname) as path,
           json_build_array(json_build_array(2606, c.oid::int8, 0)) as addresses,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('expression', pg_get_expr(c.conbin, c.conrelid), 'noInherit', c.connoinherit, 'valid', c.convalidated,
             'enforced', ${version >= 180000 ? 'c.conenforced' : 'true'}) as attrs
    from pg_constraint c join rel r on r.oid = c.conrelid
    where c.contype = 'c' and c.conislocal and not (r.relispartition and c.coninhcount > 0) and ${constraint.localConstraint}`,
  create: (o) => constraint.addConstraint(o, clause(o) + (o.attrs.enforced ? (o.attrs.valid ? '' : ' NOT VALID') : ' NOT ENFORCED')),
  inline: (o) => (o.attrs.valid && o.attrs.enforced ? { clause: clause(o) } : null),
  drop: constraint.dropConstraint,
  alter: {
    expression: 'replace',
    noInherit: 'replace',
    enforced: 'replace',
    valid: (_, to) => (to.attrs.valid ? [`ALTER TABLE ${constraint.onTable(to)} VALIDATE CONSTRAINT ${ident(to.path[2]!)}`] : 'replace'),
  },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  hazards: (type, from, to) => {
    if (type === 'drop') return [{ name: 'drop_check', destructive: false, sentence: `rows that broke ${ident(from!.path[2]!)} are let in, and a rollback then fails on them` }]
    if (type === 'alter' || !to!.attrs.valid) return []
    return [{ name: 'validates_check', destructive: false, sentence: `every row of ${constraint.onTable(to!)} is checked under ACCESS EXCLUSIVE` }]
  },
  rename: constraint.renameConstraint,
})
