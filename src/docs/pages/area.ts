import type { Area } from '../areas.ts'
import { erDiagram } from '../er-diagram.ts'
import { order } from '../look.ts'
import { block, grid, link, page, section, text } from '../markdown.ts'
import { between } from '../paths.ts'
import { areaLink, areaTitle, tableLink, type Site } from '../site.ts'

/** One picture, and what is in it. */
export function areaPage(site: Site, area: Area, here: string): string {
  const outside = [...area.outside]
    .sort(([a], [b]) => order(a, b))
    .map(([id, path]) => {
      const home = site.areaOf.get(id)
      return [tableLink(site, here, id, path), home === undefined ? 'not managed here' : areaLink(site, here, home)]
    })
  return page(
    `# ${text(areaTitle(area))}`,
    `Back to ${link('the overview', between(here, site.paths.overview))}.`,
    block('mermaid', erDiagram(site, area)),
    section(
      2,
      'Tables',
      grid(
        ['Table', 'Comment'],
        area.tables.map((t) => [tableLink(site, here, t.id, t.path), text(site.look.comment(t.id) ?? '')]),
      ),
    ),
    section(2, 'Bare boxes', grid(['Table', 'Drawn in'], outside)),
  )
}
