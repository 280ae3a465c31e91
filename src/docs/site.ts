import { namespace } from '../kinds/namespace/index.ts'
import type { Model } from '../model/model.ts'
import type { Id } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'
import { areasOf, type Area } from './areas.ts'
import { groupBy, Look, order, type Table } from './look.ts'
import { code, link, text } from './markdown.ts'
import { partitionsOf } from './partitions.ts'
import { between, pathsOf, type Paths } from './paths.ts'
import { relationsFrom, type Relation } from './relations.ts'

/** Everything that more than one page needs, worked out once. */
export interface Site {
  readonly look: Look
  readonly title: string
  readonly namespaces: readonly string[]
  readonly tables: readonly Table[]
  readonly partitions: ReadonlyMap<Table, readonly Table[]>
  /** Relations by the table that refers. */
  readonly relations: ReadonlyMap<Id, readonly Relation[]>
  /** Relations by the table that is referred to. */
  readonly referring: ReadonlyMap<Id, readonly Relation[]>
  readonly areas: readonly Area[]
  readonly areaOf: ReadonlyMap<Id, Area>
  readonly paths: Paths
}

export function siteOf(model: Model, title: string): Site {
  const look = new Look(model)
  const tables = look.roots()
  const partitions = partitionsOf(look)
  const relations = new Map(tables.map((t) => [t.id, relationsFrom(look, t, partitions)]))
  const referring = groupBy([...relations.values()].flat(), (r) => r.to)
  // A namespace may itself be out of what is managed while objects in it are not.
  const namespaces = [...new Set([...look.all(namespace).map((n) => n.path[0]!), ...tables.map((t) => t.path[0]!)])].sort(order)
  const areas = areasOf(look, relations)
  const areaOf = new Map(areas.flatMap((a) => a.tables.map((t): [Id, Area] => [t.id, a])))
  return { look, title, namespaces, tables, partitions, relations, referring, areas, areaOf, paths: pathsOf(look, namespaces, areas) }
}

/** A table's name, linked to its page when it has one. */
export function tableLink(site: Site, from: string, id: Id, path: readonly string[]): string {
  const target = site.paths.table(id)
  return target === undefined ? code(qualified(path)) : link(code(qualified(path)), between(from, target))
}

/** What an area is called in a heading or a link. */
export const areaTitle = (area: Area): string => `${area.namespace}: ${area.name}`

export const areaLink = (site: Site, from: string, area: Area): string => link(text(areaTitle(area)), between(from, site.paths.area(area)))
