import { foreignKey } from '../kinds/foreign_key/index.ts'
import type { Model } from '../model/model.ts'
import type { Id } from '../model/object.ts'
import { at, changedRows, markOf, tableOf, type Mark, type Pair } from './changed.ts'
import { entity, relation } from './entity.ts'
import { groupBy, Look, order, type Table } from './look.ts'
import { Names } from './mermaid.ts'
import { partitionsOf } from './partitions.ts'
import { relationsFrom, type Relation } from './relations.ts'

const classOf: Record<Mark, string> = { '+': 'added', '~': 'changed', '-': 'removed' }
/** The colours of a diff, with a text colour that is readable on them in dark mode too. */
const styles = [
  '  classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  '  classDef changed fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  '  classDef removed fill:#ffebe9,stroke:#cf222e,color:#1f2328',
]
/** Unchanged tables around the changed ones. Those of the first foreign keys stay, the others are counted. */
const neighboursAtMost = 8

/**
 * A Mermaid diagram of what a change touches: the changed tables with their changed rows (`+`, `~`, `-`) and keys, and as
 * bare boxes the tables that they refer to or that refer to them. Null when no table is touched.
 */
export function changeDiagram(before: Model, after: Model, touched: ReadonlySet<Id>): string | null {
  const pair: Pair = { before: new Look(before), after: new Look(after) }
  const byTable = groupBy([...touched].sort(order), (id) => tableOf(pair, id))
  byTable.delete(null)
  if (byTable.size === 0) return null
  const changed = ([...byTable.keys()] as Id[]).sort(order)
  const lines = relationsAround(pair, new Set(changed), touched)
  const neighbours = [
    ...new Map(
      lines.flatMap(
        ([r]) =>
          [
            [r.to, r.toPath],
            [r.from, at(pair, r.from)!.path],
          ] as [Id, readonly string[]][],
      ),
    ),
  ].filter(([id]) => !byTable.has(id))
  const shown = new Set([...changed, ...neighbours.slice(0, neighboursAtMost).map(([id]) => id)])

  const names = new Names()
  const out = ['erDiagram']
  for (const id of changed) {
    const { path } = at(pair, id)!
    const mark = markOf(pair, id)
    out.push(...entity(names, path, `${mark} ${path.join('.')}`, changedRows(pair, id, byTable.get(id)!)))
  }
  for (const [id, path] of neighbours) if (shown.has(id)) out.push(...entity(names, path, path.join('.')))
  if (neighbours.length > neighboursAtMost) out.push(...entity(names, ['more', 'tables'], `and ${neighbours.length - neighboursAtMost} more tables`))
  for (const [r, mark] of lines) if (shown.has(r.from) && shown.has(r.to)) out.push(relation(names, r, at(pair, r.from)!.path, mark ?? ''))
  for (const id of changed) out.push(`  class ${names.of(at(pair, id)!.path)} ${classOf[markOf(pair, id)]}`)
  return [...out, ...styles.filter((s) => changed.some((id) => s.startsWith(`  classDef ${classOf[markOf(pair, id)]} `)))].join('\n')
}

/** Foreign keys that begin or end at a changed table, those that are touched first. */
function relationsAround(pair: Pair, changed: ReadonlySet<Id>, touched: ReadonlySet<Id>): [Relation, Mark | null][] {
  const found = new Map<Id, Relation>()
  for (const look of [pair.before, pair.after]) {
    const near = new Set<Table>()
    let split = false
    for (const f of look.unordered(foreignKey)) {
      const [from, to] = [look.table(f.path), look.table(f.attrs.table)]
      if (from === undefined || !(changed.has(look.root(from).id) || (to !== undefined && changed.has(look.root(to).id)))) continue
      near.add(look.root(from))
      split ||= look.root(from) !== from
    }
    // Foreign keys that only partitions have are rare, and finding all partitions of a large schema is not free.
    const partitions = split ? partitionsOf(look) : new Map<Table, readonly Table[]>()
    for (const r of [...near].flatMap((t) => relationsFrom(look, t, partitions))) if (changed.has(r.from) || changed.has(r.to)) found.set(r.foreignKey.id, r)
  }
  const marked = [...found].map(([id, r]): [Relation, Mark | null] => [r, touched.has(id) ? markOf(pair, id) : null])
  return marked.sort(([a, x], [b, y]) => Number(x === null) - Number(y === null) || order(a.foreignKey.id, b.foreignKey.id))
}
