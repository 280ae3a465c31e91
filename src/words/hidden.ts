import { accessRegistry } from './access-registry.ts'
import { actorName, type Actor } from './actor.ts'
import type { Classification } from './column.ts'
import { fail } from './fail.ts'
import { callSite } from './site.ts'

/**
 * Declares columns that nobody reads but the actors named, in whatever table they are. In: a pattern of their names, or what they
 * are classified as. Throws UserError for anything else and for an unknown actor.
 */
export function hidden(what: RegExp | Classification, spec: { readonly but: readonly (Actor | string)[] }): void {
  const subject = 'hidden(…)'
  if (!(what instanceof RegExp) && (typeof what !== 'string' || what === ''))
    fail(subject, 'it is not said which columns', "give a pattern of names such as /_enc$/, or a classification such as 'pii'")
  if (!Array.isArray(spec?.but)) fail(subject, 'it is not said who may read them', 'give { but: [actors] }')
  accessRegistry().hidden.push({ what, but: spec.but.map((a) => actorName(a, subject)), site: callSite() })
}
