import { idOf } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'
import { addComment } from './comment.ts'
import { checkedName } from './fail.ts'
import { callable, type Routine } from './function.ts'
import { addGrants, type Grant } from './grants.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import type { Ref } from './ref.ts'
import { add } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite } from './site.ts'
import type { SqlText } from './sql.ts'

export interface AggregateSpec {
  /** As pg_get_function_arguments prints them; `*` for none. */
  readonly args: string
  /** What tells it from others of its name, when that is not `args` (a default or a name prints otherwise). */
  readonly signature?: string
  /** `SFUNC = …, STYPE = …` and so on. */
  readonly definition: SqlText
  readonly owner?: RoleLike
  readonly comment?: string
  readonly grants?: readonly Grant[]
}

/** Declares an aggregate from its raw definition. */
export function aggregate(namespace: NamespaceLike, name: string, spec: AggregateSpec): Routine {
  const site = callSite()
  const path = [namespaceName(namespace, site), checkedName(name, `aggregate ${name}`), spec.signature ?? spec.args]
  const ref: Ref = { id: `${idOf('aggregate', path[0]!, name)}(${path[2]})`, path, text: qualified(path.slice(0, 2)) }
  const home = idOf('namespace', path[0]!)
  const attrs = { arguments: spec.args, definition: spec.definition.text }
  add({ id: ref.id, kind: 'aggregate', path, parent: home, attrs, refs: [home, ...spec.definition.refs] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addGrants(ref, spec.grants, site)
  return callable(ref)
}
