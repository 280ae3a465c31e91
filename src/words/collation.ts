import type { CollationAttrs } from '../kinds/collation/index.ts'
import { idOf } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { refOf, type Named } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite } from './site.ts'

export interface CollationSpec {
  /** `libc` when left out, as in SQL. */
  readonly provider?: CollationAttrs['provider']
  /** Of libc it stands for both `lcCollate` and `lcCtype`. */
  readonly locale?: string
  readonly lcCollate?: string
  readonly lcCtype?: string
  /** False lets strings that differ in bytes be equal; only of ICU. */
  readonly deterministic?: boolean
  /** Tailoring rules of ICU, from PostgreSQL 16. */
  readonly rules?: string
  readonly owner?: RoleLike
  readonly comment?: string
  readonly renamedFrom?: string
}

/** Declares a collation. Columns take it by its name: `text().collate('app.german')`. Throws UserError without a locale. */
export function collation(namespace: NamespaceLike, name: string, spec: CollationSpec): Named {
  const site = callSite()
  const subject = `collation ${name}`
  const path = [namespaceName(namespace, site), checkedName(name, subject)]
  const ref = refOf('collation', path)
  const home = idOf('namespace', path[0]!)
  const provider = spec.provider ?? 'libc'
  const libc = provider === 'libc'
  const lcCollate = libc ? (spec.lcCollate ?? spec.locale ?? null) : null
  const lcCtype = libc ? (spec.lcCtype ?? spec.locale ?? null) : null
  if (libc ? lcCollate === null || lcCtype === null : spec.locale === undefined) fail(subject, 'it has no locale', 'give locale')
  const attrs: CollationAttrs = { provider, locale: libc ? null : spec.locale!, lcCollate, lcCtype, deterministic: spec.deterministic ?? true, rules: spec.rules ?? null }
  add({ id: ref.id, kind: 'collation', path, parent: home, attrs, refs: [home] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addRename('collation', path, spec.renamedFrom, site)
  return { ref }
}
