import type { Id } from '../model/object.ts'
import type { Area } from './areas.ts'
import { order } from './look.ts'
import { Names, quote } from './mermaid.ts'
import type { Relation } from './relations.ts'
import { areaTitle, type Site } from './site.ts'

/** Tables that one picture can name; with more of them it shows the areas instead. */
const tablesAtMost = 48
/** A table or area that more others than this refer to is named in the text and drawn without those lines. */
const linesAtMost = 7
const hubStyle = '  classDef hub stroke-width:3px'

export interface Overview {
  readonly diagram: string
  /** Tables, or areas, whose incoming lines were left out, with how many those are. */
  readonly tables: readonly { readonly id: Id; readonly path: readonly string[]; readonly count: number }[]
  readonly areas: readonly { readonly area: Area; readonly count: number }[]
}

/** The whole schema in one picture: names only, grouped by namespace and area. Null when there is nothing to draw. */
export function overview(site: Site): Overview | null {
  if (site.tables.length === 0) return null
  return site.tables.length <= tablesAtMost ? byTable(site) : byArea(site)
}

function byTable(site: Site): Overview {
  const names = new Names()
  const lines = ['flowchart LR']
  for (const [n, area] of site.areas.entries()) {
    lines.push(`  subgraph area${n}[${quote(areaTitle(area))}]`)
    for (const t of area.tables) lines.push(`    ${names.of(t.path)}[${quote(t.path[1]!)}]`)
    lines.push('  end')
  }
  const hubs = [...site.referring].filter(([id, list]) => site.look.model.objects.has(id) && sources(list).size > linesAtMost)
  const hidden = hubs.map(([id, list]) => ({ id, path: list[0]!.toPath, count: sources(list).size })).sort((a, b) => order(a.id, b.id))
  const drawn = new Set<string>()
  for (const t of site.tables) {
    for (const r of site.relations.get(t.id) ?? []) {
      const line = `  ${names.of(t.path)} --> ${names.of(r.toPath)}`
      if (drawn.has(line) || r.to === t.id || !site.look.model.objects.has(r.to) || hidden.some((h) => h.id === r.to)) continue
      drawn.add(line)
      lines.push(line)
    }
  }
  for (const h of hidden) lines.push(`  ${names.of(h.path)}:::hub`)
  if (hidden.length > 0) lines.push(hubStyle)
  return { diagram: lines.join('\n'), tables: hidden, areas: [] }
}

const sources = (list: readonly Relation[]): Set<Id> => new Set(list.map((r) => r.from))

/** Areas as boxes in their namespaces, with lines between those that refer to each other. */
function byArea(site: Site): Overview {
  const lines = ['flowchart LR']
  for (const [n, namespace] of site.namespaces.entries()) {
    const own = site.areas.filter((a) => a.namespace === namespace)
    if (own.length === 0) continue
    lines.push(`  subgraph namespace${n}[${quote(namespace)}]`)
    for (const a of own) lines.push(`    area${site.areas.indexOf(a)}[${quote(`${a.name} (${a.tables.length})`)}]`)
    lines.push('  end')
  }
  const links = new Map<Area, Set<Area>>()
  for (const r of [...site.relations.values()].flat()) {
    const [from, to] = [site.areaOf.get(r.from), site.areaOf.get(r.to)]
    if (from && to && from !== to) links.set(to, (links.get(to) ?? new Set()).add(from))
  }
  const hidden = site.areas.filter((a) => (links.get(a)?.size ?? 0) > linesAtMost)
  for (const to of site.areas) {
    if (hidden.includes(to)) continue
    for (const from of site.areas) if (links.get(to)?.has(from)) lines.push(`  area${site.areas.indexOf(from)} --> area${site.areas.indexOf(to)}`)
  }
  for (const a of hidden) lines.push(`  area${site.areas.indexOf(a)}:::hub`)
  if (hidden.length > 0) lines.push(hubStyle)
  return { diagram: lines.join('\n'), tables: [], areas: hidden.map((area) => ({ area, count: links.get(area)!.size })) }
}
