import type { Model } from '../model/model.ts'
import { areaPage } from './pages/area.ts'
import { namespacePage } from './pages/namespace.ts'
import { overviewPage } from './pages/overview.ts'
import { tablePage } from './pages/table.ts'
import { siteOf } from './site.ts'

/**
 * The documents of a schema: Markdown pages by their path in the folder they belong in, `README.md` first.
 *
 * One overview, one page per namespace, one per area with its Mermaid diagram, one per table. Equal models give equal
 * pages, byte for byte: nothing in them depends on the order of objects, the time, or how many rows there are.
 */
export function writeDocs(model: Model, options: { readonly title?: string } = {}): Map<string, string> {
  const site = siteOf(model, options.title ?? 'Database schema')
  const pages = new Map<string, string>()
  pages.set(site.paths.overview, overviewPage(site, site.paths.overview))
  for (const name of site.namespaces) pages.set(site.paths.namespace(name), namespacePage(site, name, site.paths.namespace(name)))
  for (const area of site.areas) pages.set(site.paths.area(area), areaPage(site, area, site.paths.area(area)))
  for (const t of site.tables) pages.set(site.paths.table(t.id)!, tablePage(site, t, site.paths.table(t.id)!))
  return pages
}
