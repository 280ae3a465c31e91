import type { DbObject } from '../../model/object.ts'
import { equal } from '../../model/equal.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { changeOptions, withOptions } from '../../sql/options.ts'
import type { Alteration, RenderContext, Statement } from '../contract.ts'
import type { TableAttrs } from './index.ts'

type Table = DbObject<TableAttrs>
const nameOf = (o: Table): string => qualified(o.path)

export function createTable(o: Table, { inlined }: RenderContext): Statement[] {
  const a = o.attrs
  const clauses = inlined(o.id).filter((c) => c !== '')
  const body = clauses.length === 0 ? '' : ` (\n  ${clauses.join(',\n  ')}\n)`
  const head = `CREATE ${a.unlogged ? 'UNLOGGED ' : ''}TABLE ${nameOf(o)}`
  const parts: string[] = []
  if (a.partitionOf !== null && o.facts?.['apart'] === true) parts.push(`${head} (${[likeParent(a.partitionOf.table), ...clauses].join(', ')})`)
  else if (a.partitionOf !== null) parts.push(`${head} PARTITION OF ${qualified(a.partitionOf.table)}${body} ${a.partitionOf.bound}`)
  else if (a.ofType !== null) parts.push(`${head} OF ${a.ofType}${body}`)
  else parts.push(`${head}${body || ' ()'}`)
  if (a.inherits.length > 0) parts.push(`INHERITS (${a.inherits.map(qualified).join(', ')})`)
  if (a.partitionBy !== null) parts.push(`PARTITION BY ${a.partitionBy}`)
  if (a.accessMethod !== null) parts.push(`USING ${ident(a.accessMethod)}`)
  const text = parts.join(' ') + withOptions(a.options) + (a.tablespace === null ? '' : ` TABLESPACE ${ident(a.tablespace)}`)
  const after: string[] = []
  if (a.replicaIdentity !== 'default' && typeof a.replicaIdentity === 'string') after.push(replicaIdentity(o))
  return [text, ...after]
}

/**
 * What a partition gets from its parent when it is made with PARTITION OF, for one that is made apart and attached later: comments,
 * identity and extended statistics are not among it.
 */
const likeParent = (parent: readonly string[]): string => `LIKE ${qualified(parent)} INCLUDING ALL EXCLUDING COMMENTS EXCLUDING IDENTITY EXCLUDING STATISTICS`

/** Attaches a table that was made apart, for which its parent stays open to readers and writers. */
export function attachPartition(o: Table): string {
  return `ALTER TABLE ${qualified(o.attrs.partitionOf!.table)} ATTACH PARTITION ${nameOf(o)} ${o.attrs.partitionOf!.bound}`
}

/** An index named here is set by the index's own creation; see the index and key kinds. */
export function replicaIdentity(o: Table): string {
  const r = o.attrs.replicaIdentity
  return `ALTER TABLE ${nameOf(o)} REPLICA IDENTITY ${typeof r === 'string' ? r.toUpperCase() : `USING INDEX ${ident(r.index)}`}`
}

export function clusterOn(o: Table): string {
  return `ALTER TABLE ${nameOf(o)} ${o.attrs.clusterOn === null ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${ident(o.attrs.clusterOn)}`}`
}

/** A changed bound is a detach and an attach: PostgreSQL has no other way. */
export function alterPartition(from: Table, to: Table): Statement[] {
  const out: Statement[] = []
  if (from.attrs.partitionOf) out.push(`ALTER TABLE ${qualified(from.attrs.partitionOf.table)} DETACH PARTITION ${nameOf(to)}`)
  if (to.attrs.partitionOf) out.push(attachPartition(to))
  return out
}

export function alterInherits(from: Table, to: Table): Statement[] {
  const gone = from.attrs.inherits.filter((p) => !to.attrs.inherits.some((q) => equal(p, q)))
  const added = to.attrs.inherits.filter((p) => !from.attrs.inherits.some((q) => equal(p, q)))
  return [...gone.map((p) => `ALTER TABLE ${nameOf(to)} NO INHERIT ${qualified(p)}`), ...added.map((p) => `ALTER TABLE ${nameOf(to)} INHERIT ${qualified(p)}`)]
}

export function alterOptions(from: Table, to: Table): Alteration {
  return changeOptions(from.attrs.options, to.attrs.options).map((c) => `ALTER TABLE ${nameOf(to)} ${c}`)
}

export function renameTable(from: Table, to: Table): Statement[] {
  const out: Statement[] = []
  const [fromNamespace, fromName] = from.path
  const [toNamespace, toName] = to.path
  if (fromNamespace !== toNamespace) out.push(`ALTER TABLE ${nameOf(from)} SET SCHEMA ${ident(toNamespace!)}`)
  if (fromName !== toName) out.push(`ALTER TABLE ${qualified([toNamespace!, fromName!])} RENAME TO ${ident(toName!)}`)
  return out
}
