import { namespace } from '../../kinds/namespace/index.ts'
import { idOf } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import { grants } from '../grants.ts'
import { code, grid, link, page, paragraphs, section, text } from '../markdown.ts'
import { between } from '../paths.ts'
import { areaLink, type Site } from '../site.ts'
import { routines } from './routines.ts'
import { tableList } from './overview.ts'
import { types } from './types.ts'
import { views } from './views.ts'

/** One namespace: what it is divided into, and what it has beside tables. */
export function namespacePage(site: Site, name: string, here: string): string {
  const id = idOf(namespace.kind, name)
  const comment = site.look.comment(id)
  const areas = site.areas.filter((a) => a.namespace === name)
  return page(
    `# ${text(name)}`,
    `Back to ${link('the overview', between(here, site.paths.overview))}.`,
    comment === null ? null : paragraphs(comment),
    section(
      2,
      'Areas',
      grid(
        ['Area', 'Tables'],
        areas.map((a) => [areaLink(site, here, a), a.tables.map((t) => code(ident(t.path[1]!))).join(' ')]),
      ),
    ),
    section(
      2,
      'Tables',
      tableList(
        site,
        site.tables.filter((t) => t.path[0] === name),
        here,
      ),
    ),
    ...views(site.look, name),
    ...routines(site.look, name),
    ...types(site.look, name),
    section(2, 'Grants', grants(site.look, id)),
  )
}
