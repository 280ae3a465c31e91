import { accessRegistry } from './access-registry.ts'
import { fail } from './fail.ts'
import type { Named } from './ref.ts'
import { callSite } from './site.ts'
import { infoOf } from './table-info.ts'

/**
 * Declares that no test can notice some mutants of a table's policies, and why. In: the table, and a pattern of what
 * `schema test --mutants` says of them, such as `policy change: USING (true)`. Throws UserError for anything else.
 */
export function unnoticed(table: Named, what: RegExp, spec: { readonly why: string }): void {
  const info = infoOf(table) ?? fail('unnoticed(…)', 'its first argument is not a declared table', 'give what table() returned')
  const subject = `unnoticed of ${info.ref.text}`
  if (!(what instanceof RegExp)) fail(subject, 'it is not said which mutants', 'give a pattern of what schema test --mutants says of them')
  if (typeof spec?.why !== 'string' || spec.why.trim() === '') fail(subject, 'it is not said why', "give { why: '…' }")
  accessRegistry().unnoticed.push({ table: info.ref.id, name: info.ref.text, what, why: spec.why, site: callSite() })
}
