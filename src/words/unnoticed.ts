import { accessRegistry } from './access-registry.ts'
import { fail } from './fail.ts'
import { callSite } from './site.ts'

/**
 * Declares that no test can notice some mutants, and why. In: a pattern of what `schema test --mutants` says of them, such as
 * `app.notes policy edit: USING (true)`. Throws UserError for anything else.
 */
export function unnoticed(what: RegExp, spec: { readonly why: string }): void {
  if (!(what instanceof RegExp)) fail('unnoticed(…)', 'it is not said which mutants', 'give a pattern of what schema test --mutants says of them')
  if (typeof spec?.why !== 'string' || spec.why.trim() === '') fail(`unnoticed(${what})`, 'it is not said why', "give { why: '…' }")
  accessRegistry().unnoticed.push({ what, why: spec.why, site: callSite() })
}
