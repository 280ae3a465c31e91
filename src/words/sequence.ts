import type { SequenceAttrs } from '../kinds/sequence/index.ts'
import { defaultSequenceOptions } from '../kinds/sequence-options.ts'
import { idOf } from '../model/object.ts'
import { literal } from '../sql/literal.ts'
import { sequenceText, type IdentityOptions, type SequenceType } from './column.ts'
import { addComment } from './comment.ts'
import { checkedName } from './fail.ts'
import { addGrants, type Grant } from './grants.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { refOf, type ColumnRef, type Named } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite, type Site } from './site.ts'
import { SqlText } from './sql.ts'

export interface SequenceSpec extends IdentityOptions {
  /** `bigint` when left out. */
  readonly type?: SequenceType
  readonly unlogged?: boolean
  /** The column it goes with: `orders.columns.number`. */
  readonly ownedBy?: ColumnRef
  readonly owner?: RoleLike
  readonly comment?: string
  readonly grants?: readonly Grant[]
  readonly renamedFrom?: string
}

export function addSequence(path: readonly string[], spec: SequenceSpec, site: Site): Named {
  const ref = refOf('sequence', path)
  const type = spec.type ?? 'bigint'
  const attrs: SequenceAttrs = { type, ...defaultSequenceOptions(type, sequenceText(spec)), unlogged: spec.unlogged ?? false }
  const home = idOf('namespace', path[0]!)
  add({ id: ref.id, kind: 'sequence', path, parent: home, attrs, refs: [home] }, site)
  if (spec.ownedBy !== undefined) addSequenceOwner(ref, spec.ownedBy, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addGrants(ref, spec.grants, site)
  addRename('sequence', path, spec.renamedFrom, site)
  return { ref }
}

function addSequenceOwner(sequence: Named['ref'], column: ColumnRef, site: Site): void {
  const { path, id } = column.ref
  const attrs = { table: path.slice(0, 2), column: path[2]! }
  add({ id: idOf('sequence_owner', ...sequence.path), kind: 'sequence_owner', path: sequence.path, parent: sequence.id, attrs, refs: [sequence.id, id] }, site)
}

/** The next number of a sequence, as a column's default: `bigint().default(nextOf(orderNumbers))`. */
export function nextOf(sequence: Named): SqlText {
  return new SqlText(`nextval(${literal(sequence.ref.text)}::regclass)`, [sequence.ref.id])
}

/** Declares a sequence. Options left out are PostgreSQL's for its type. Throws UserError for a bad name. */
export function sequence(namespace: NamespaceLike, name: string, spec: SequenceSpec = {}): Named {
  const site = callSite()
  return addSequence([namespaceName(namespace, site), checkedName(name, `sequence ${name}`)], spec, site)
}

/** OWNED BY apart from the sequence, for a column whose default is the sequence. */
export function ownedBy(sequence: Named, column: ColumnRef): void {
  addSequenceOwner(sequence.ref, column, callSite())
}
