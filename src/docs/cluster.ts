import type { Id } from '../model/object.ts'
import { order, type Table } from './look.ts'
import type { Relation } from './relations.ts'

export type Relations = ReadonlyMap<Id, readonly Relation[]>

/** Tables on their way to becoming an area. */
export class Cluster {
  readonly tables: readonly Table[]
  /** What they refer to elsewhere. */
  readonly outside: ReadonlyMap<Id, readonly string[]>
  /** Columns of its tables. */
  readonly rows: number
  /** Smallest id: what tells clusters apart, whatever order they were found in. */
  readonly name: string
  /** How strongly it belongs with others. */
  readonly pull = new Map<Cluster, number>()

  constructor(tables: readonly Table[], rows: number, relations: Relations) {
    this.rows = rows
    this.tables = [...tables].sort((a, b) => order(a.id, b.id))
    this.name = this.tables[0]!.id
    const own = new Set(tables.map((t) => t.id))
    const all = tables.flatMap((t) => relations.get(t.id) ?? [])
    this.outside = new Map(all.filter((r) => !own.has(r.to)).map((r) => [r.to, r.toPath]))
  }
}

/** What a picture may hold: entities, bare boxes included, and rows in them. With many more a reader no longer finds anything. */
export interface Limit {
  readonly entities: number
  readonly rows: number
}

/** Lets two clusters pull at each other. */
export function attract(a: Cluster | undefined, b: Cluster | undefined, force: number): void {
  if (a === undefined || b === undefined || a === b) return
  a.pull.set(b, (a.pull.get(b) ?? 0) + force)
  b.pull.set(a, (b.pull.get(a) ?? 0) + force)
}

/** Joins clusters that are each other's best partner, again and again, while the result stays within the limit. */
export function joined(clusters: readonly Cluster[], most: Limit, relations: Relations): Cluster[] {
  let live = [...clusters]
  for (;;) {
    const best = new Map(live.map((c) => [c, partner(c, most)]))
    const first = live.filter((c) => best.get(c) != null && best.get(best.get(c)!) === c && c.name < best.get(c)!.name)
    if (first.length === 0) return live
    const gone = new Set(first.flatMap((c) => [c, best.get(c)!]))
    live = [...live.filter((c) => !gone.has(c)), ...first.map((c) => join(c, best.get(c)!, relations))]
  }
}

/** Whether one picture can hold it, with what it refers to elsewhere. */
export const within = (c: Cluster, most: Limit): boolean => c.rows <= most.rows && c.tables.length + c.outside.size <= most.entities

/** Whether one picture can hold both. */
function fits(a: Cluster, b: Cluster, most: Limit): boolean {
  if (a.rows + b.rows > most.rows) return false
  const own = new Set([...a.tables, ...b.tables].map((t) => t.id))
  const outside = new Set([...a.outside.keys(), ...b.outside.keys()])
  return own.size + [...outside].filter((id) => !own.has(id)).length <= most.entities
}

const pairName = (a: Cluster, b: Cluster): string => (a.name < b.name ? `${a.name}\0${b.name}` : `${b.name}\0${a.name}`)

/** The one it is most drawn to among those that fit. Large ones attract less, or the first would take all. */
function partner(c: Cluster, most: Limit): Cluster | null {
  let best: { cluster: Cluster; force: number } | null = null
  for (const [cluster, pull] of c.pull) {
    const force = pull / Math.sqrt(c.tables.length * cluster.tables.length)
    if (best !== null && (force < best.force || (force === best.force && pairName(c, cluster) > pairName(c, best.cluster)))) continue
    if (fits(c, cluster, most)) best = { cluster, force }
  }
  return best?.cluster ?? null
}

function join(a: Cluster, b: Cluster, relations: Relations): Cluster {
  const c = new Cluster([...a.tables, ...b.tables], a.rows + b.rows, relations)
  for (const part of [a, b]) {
    for (const [other, pull] of part.pull) {
      other.pull.delete(part)
      if (other !== a && other !== b) attract(c, other, pull)
    }
  }
  return c
}
