import type { Finding } from '../report/index.ts'
import { operations } from '../words/access-registry.ts'
import type { ByOperation } from './observe.ts'
import { rowWords } from './reach.ts'
import type { Relation, Row } from './relation.ts'
import type { Actor } from './session.ts'

/** What an actor reaches by a partition's own name and not by its table's. */
export function beyondTable(table: Relation, partition: Relation, actor: Actor, ofTable: ByOperation, ofPartition: ByOperation): Finding[] {
  return operations.flatMap((operation) => {
    const allowed = new Set([...ofTable[operation].reached].map((r) => r.place))
    const more = new Set<Row>([...ofPartition[operation].reached].filter((r) => !allowed.has(r.place)))
    if (more.size === 0) return []
    const what = `${operation} on partition ${partition.name} by "${actor.name}" reaches ${rowWords(more, partition, actor).join(', ')}, which ${table.name} keeps back`
    const todo = 'revoke what is granted on the partition, or enable and force row security on it'
    return [{ rule: 'partition-direct', level: 'error', id: table.id, message: what, todo, ...(table.at === undefined ? {} : { at: table.at }) }]
  })
}
