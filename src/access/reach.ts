import type { Reach } from '../words/access-registry.ts'
import type { Relation, Row } from './relation.ts'
import type { Actor } from './session.ts'
import type { Observed } from './try-operation.ts'

/** Whether a row of the first set is in the second one: `A/ann` is in `A`. */
const within = (set: string, outer: string): boolean => set === outer || set.startsWith(`${outer}/`)

/** The row sets that a word means for an actor. */
const setsOf = (word: string, actor: Actor): readonly string[] => actor.sets[word] ?? [word]

/** The rows that an expectation speaks of. */
export function expectedRows(reach: Reach, relation: Relation, actor: Actor): Set<Row> {
  if (reach[0] === 'all') return new Set(relation.rows)
  const sets = reach.flatMap((word) => setsOf(word, actor))
  return new Set(relation.rows.filter((r) => sets.some((s) => within(r.set, s))))
}

/** Whether what was observed is what was expected. Without rows only the privilege can be told. */
export function meets(reach: Reach, observed: Observed, relation: Relation, actor: Actor): boolean {
  if (reach[0] === 'denied' || observed.denied) return reach[0] === 'denied' && observed.denied
  if (relation.rows.length === 0) return true
  if (reach[0] === 'nothing') return observed.reached.size === 0 && observed.refusals.length === 0
  if (reach[0] === 'refused') return observed.reached.size === 0 && observed.refusals.length > 0
  return same(expectedRows(reach, relation, actor), observed.reached)
}

/** What was observed, in the words of expectations; `granted` where there was no row to try it on. */
export function reachOf(observed: Observed, relation: Relation, actor: Actor): Reach {
  if (observed.denied) return ['denied']
  if (relation.rows.length === 0) return ['granted']
  if (observed.reached.size === 0) return [observed.refusals.length > 0 ? 'refused' : 'nothing']
  const several = new Set(relation.rows.map((r) => r.set.split('/')[0])).size > 1
  if (several && observed.reached.size === relation.rows.length) return ['all']
  const word = Object.keys(actor.sets).find((w) => same(expectedRows([w], relation, actor), observed.reached))
  return word === undefined ? rowWords(observed.reached, relation, actor) : [word]
}

/** Rows by the widest sets that hold nothing else, the rest by how many of a set. */
export function rowWords(rows: ReadonlySet<Row>, relation: Relation, actor: Actor): string[] {
  const out: string[] = []
  const described = new Set<Row>()
  const names = [...new Set(relation.rows.flatMap((r) => r.set.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))))].sort()
  for (const name of names) {
    const inside = relation.rows.filter((r) => within(r.set, name) && !described.has(r))
    if (inside.length === 0 || !inside.every((r) => rows.has(r))) continue
    out.push(Object.keys(actor.sets).find((w) => setsOf(w, actor).length === 1 && setsOf(w, actor)[0] === name) ?? name)
    for (const r of inside) described.add(r)
  }
  for (const name of names) {
    const own = relation.rows.filter((r) => r.set === name)
    const part = own.filter((r) => rows.has(r) && !described.has(r))
    if (part.length > 0) out.push(`${name} (${part.length} of ${own.length})`)
  }
  return out
}

const same = (a: ReadonlySet<Row>, b: ReadonlySet<Row>): boolean => a.size === b.size && [...a].every((r) => b.has(r))
