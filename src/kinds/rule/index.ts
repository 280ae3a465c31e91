import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({
  /** The whole CREATE RULE, as pg_get_ruledef prints it. */
  definition: z.string(),
  enabled: z.enum(['origin', 'disabled', 'replica', 'always']),
})
export type RuleAttrs = z.infer<typeof schema>

function enable(o: DbObject<RuleAttrs>): string {
  const word = { origin: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[o.attrs.enabled]
  return `ALTER TABLE ${qualified(o.path.slice(0, 2))} ${word} RULE ${ident(o.path[2]!)}`
}

/** Rewrite rules other than a view's own. */
export const rule = defineKind<RuleAttrs>({
  kind: 'rule',
  label: 'rule',
  weight: 76,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname, w.rulename) as path,
           json_build_array(json_build_array(2618, w.oid::int8, 0)) as addresses,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('definition', regexp_replace(pg_get_ruledef(w.oid), ';$', ''),
             'enabled', case w.ev_enabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end) as attrs
    from pg_rewrite w join rel r on r.oid = w.ev_class where w.rulename <> '_RETURN'`,
  create: (o) => [o.attrs.definition, ...(o.attrs.enabled === 'origin' ? [] : [enable(o)])],
  drop: (o) => [`DROP RULE ${ident(o.path[2]!)} ON ${qualified(o.path.slice(0, 2))}`],
  alter: { definition: 'replace', enabled: (_, to) => [enable(to)] },
  dropsWithParent: true,
  survivesRetype: false,
  stateless: true,
})
