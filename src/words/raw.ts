import type { RawAttrs } from '../kinds/raw/index.ts'
import { checkedName } from './fail.ts'
import { refOf, type Named } from './ref.ts'
import { add } from './registry.ts'
import { callSite } from './site.ts'
import type { SqlText } from './sql.ts'

export interface RawSpec {
  readonly create: SqlText
  /** What takes it back; run by rollback and when it is no longer declared. */
  readonly undo: SqlText
  /** A SELECT of one boolean that tells whether it is there. */
  readonly exists: SqlText
  /** What must be there first. Whatever `create` interpolates is needed anyway. */
  readonly needs?: readonly Named[]
}

/** The escape hatch: SQL for what has no word yet. It is present or absent and never compared. */
export function raw(name: string, spec: RawSpec): Named {
  const ref = refOf('raw', [checkedName(name, `raw ${name}`)])
  const attrs: RawAttrs = { create: spec.create.text, undo: spec.undo.text, exists: spec.exists.text }
  add({ id: ref.id, kind: 'raw', path: ref.path, parent: null, attrs, refs: [...spec.create.refs, ...(spec.needs ?? []).map((n) => n.ref.id)] }, callSite())
  return { ref }
}
