import type { RuleAttrs } from '../kinds/rule/index.ts'
import { addComment } from './comment.ts'
import { checkedName } from './fail.ts'
import { refOf, type Named } from './ref.ts'
import { add } from './registry.ts'
import { callSite } from './site.ts'
import type { SqlText } from './sql.ts'

export interface RuleSpec {
  /** The whole `CREATE RULE …`. */
  readonly definition: SqlText
  readonly enabled?: RuleAttrs['enabled']
  readonly comment?: string
}

/** Declares a rewrite rule on a table or view. */
export function rule(on: Named, name: string, spec: RuleSpec): void {
  const site = callSite()
  const path = [...on.ref.path, checkedName(name, `rule ${name}`)]
  const ref = refOf('rule', path)
  const attrs: RuleAttrs = { definition: spec.definition.text.replace(/;\s*$/, ''), enabled: spec.enabled ?? 'origin' }
  add({ id: ref.id, kind: 'rule', path, parent: on.ref.id, attrs, refs: [on.ref.id, ...spec.definition.refs] }, site)
  addComment(ref, spec.comment, site)
}
