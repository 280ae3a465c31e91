import type { Id } from '../model/object.ts'
import { attract, Cluster, joined, within, type Limit, type Relations } from './cluster.ts'
import { foldersOf } from './folders.ts'
import { groupBy, order, type Look, type Table } from './look.ts'

/** Tables that are drawn together. */
export interface Area {
  readonly namespace: string
  /** In words, below the namespace: the folder of the declaration, or the table that most of the others refer to. */
  readonly name: string
  /** Its page, without an ending. */
  readonly page: string
  readonly tables: readonly Table[]
  /** What its tables refer to in other areas: drawn as bare boxes, so that no relation is lost. */
  readonly outside: ReadonlyMap<Id, readonly string[]>
}

/** Tables of an area, and the one that the others refer to most; null where nothing connects them. */
type Part = Pick<Area, 'tables' | 'outside'> & { readonly centre: string | null }

const most: Limit = { entities: 14, rows: 120 }
/** What somebody has put together may fill a larger picture. */
const folderAtMost: Limit = { entities: 18, rows: 180 }
/** Areas that only share what they refer to are joined up to this size. */
const someTogether: Limit = { entities: 10, rows: 80 }

/**
 * Splits each namespace into areas, the same for the same tables whatever their order: by the folders of the declaration where it
 * has some, and what one picture does not hold by foreign keys.
 */
export function areasOf(look: Look, relations: Relations): Area[] {
  const tables = look.roots()
  const folders = foldersOf(tables)
  const namespaces = [...groupBy(tables, (t) => t.path[0]!)].sort(([a], [b]) => order(a, b))
  return namespaces.flatMap(([namespace, own]) =>
    [...groupBy(own, (t) => folders.get(t.id) ?? null)]
      .sort(([a], [b]) => order(a ?? '', b ?? ''))
      .flatMap(([folder, together]): Area[] => {
        const whole = new Cluster(together, rowsOf(look, together), relations)
        if (folder !== null && within(whole, folderAtMost)) return [{ namespace, name: folder, page: folder, tables: whole.tables, outside: whole.outside }]
        return connected(look, together, relations).map(({ centre, ...part }) => ({
          namespace,
          name: [folder, centre === null ? 'not connected' : `around ${centre}`].filter((word) => word !== null).join(', '),
          page: [folder, centre ?? 'unconnected'].filter((word) => word !== null).join('-'),
          ...part,
        }))
      }),
  )
}

const rowsOf = (look: Look, tables: readonly Table[]): number => tables.reduce((sum, t) => sum + look.columns(t.id).length, 0)

/**
 * A foreign key pulls its two tables together by one over the number of keys that point at its target: so a table that
 * everything refers to (merchants, users) hardly pulls at anybody, and does not glue the whole schema into one picture.
 * Then small areas that refer to the same table are put together, by the same measure.
 */
function connected(look: Look, tables: readonly Table[], relations: Relations): Part[] {
  const pointedAt = new Map<Id, number>()
  for (const r of [...relations.values()].flat()) pointedAt.set(r.to, (pointedAt.get(r.to) ?? 0) + 1)
  const alone = tables.filter((t) => !pointedAt.has(t.id) && (relations.get(t.id) ?? []).length === 0)
  const clusters = tables.filter((t) => !alone.includes(t)).map((t) => new Cluster([t], look.columns(t.id).length, relations))
  const at = byTable(clusters)
  for (const c of clusters) for (const r of relations.get(c.name) ?? []) attract(c, at.get(r.to), 1 / pointedAt.get(r.to)!)
  const close = joined(clusters, most, relations)
  const named = neighbours(close, pointedAt, relations).map((c) => ({ centre: centre(c, relations), tables: c.tables, outside: c.outside }))
  return [...named.sort((a, b) => order(a.centre, b.centre)), ...chunks(alone).map((t) => ({ centre: null, tables: t, outside: new Map<Id, readonly string[]>() }))]
}

const byTable = (clusters: readonly Cluster[]): Map<Id, Cluster> => new Map(clusters.flatMap((c) => c.tables.map((t): [Id, Cluster] => [t.id, c])))

/** Chains what refers to the same table in order of name, which costs little and keeps like names together. */
function neighbours(clusters: readonly Cluster[], pointedAt: ReadonlyMap<Id, number>, relations: Relations): Cluster[] {
  const fresh = clusters.map((c) => new Cluster(c.tables, c.rows, relations)).sort((a, b) => order(a.name, b.name))
  const last = new Map<Id, Cluster>()
  for (const c of fresh) {
    for (const id of [...c.outside.keys(), ...c.tables.map((t) => t.id)]) {
      attract(last.get(id), c, 1 / (pointedAt.get(id) ?? 1))
      last.set(id, c)
    }
  }
  return joined(fresh, someTogether, relations)
}

/** The table of a cluster that the others refer to most. */
function centre(c: Cluster, relations: Relations): string {
  const inside = new Map<Id, number>(c.tables.map((t) => [t.id, 0]))
  for (const r of c.tables.flatMap((t) => relations.get(t.id) ?? [])) if (r.from !== r.to && inside.has(r.to)) inside.set(r.to, inside.get(r.to)! + 1)
  const best = Math.max(...inside.values())
  return c.tables.find((t) => inside.get(t.id) === best)!.path[1]!
}

function chunks(tables: readonly Table[]): Table[][] {
  const out: Table[][] = []
  for (let i = 0; i < tables.length; i += most.entities) out.push(tables.slice(i, i + most.entities))
  return out
}
