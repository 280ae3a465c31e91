import { idOf } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName } from './fail.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { refOf, type Named } from './ref.ts'
import { add } from './registry.ts'
import { callSite } from './site.ts'

export interface ExtensionSpec {
  /** Where its objects live; `public` when left out. */
  readonly namespace?: NamespaceLike
  readonly comment?: string
}

/** Declares that an extension is installed. Its version is the server's affair. */
export function extension(name: string, spec: ExtensionSpec = {}): Named {
  const site = callSite()
  const ref = refOf('extension', [checkedName(name, `extension ${name}`)])
  const where = spec.namespace === undefined ? 'public' : typeof spec.namespace === 'string' ? spec.namespace : namespaceName(spec.namespace, site)
  const refs = [idOf('namespace', where)]
  add({ id: ref.id, kind: 'extension', path: ref.path, parent: null, attrs: { namespace: where }, refs }, site)
  addComment(ref, spec.comment, site)
  return { ref }
}
