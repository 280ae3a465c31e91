import type { Area } from './areas.ts'
import { columnAttribute, entity, keyMarks, relation, title } from './entity.ts'
import { order } from './look.ts'
import { Names } from './mermaid.ts'
import type { Site } from './site.ts'

/** The tables of an area with all their columns, and as bare boxes what they refer to elsewhere. */
export function erDiagram(site: Site, area: Area): string {
  const names = new Names()
  const lines = ['erDiagram']
  for (const t of area.tables) {
    const marks = keyMarks(site.look, t)
    const rows = site.look.columns(t.id).map((c) => columnAttribute(site.look, c, marks.get(c.path[2]!)!))
    lines.push(...entity(names, t.path, title(t, site.partitions.get(t)), rows))
  }
  for (const [, path] of [...area.outside].sort(([a], [b]) => order(a, b))) lines.push(...entity(names, path, path.join('.')))
  for (const t of area.tables) for (const r of site.relations.get(t.id) ?? []) lines.push(relation(names, r, t.path))
  return lines.join('\n')
}
