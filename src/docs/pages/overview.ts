import { extension } from '../../kinds/extension/index.ts'
import { role, type RoleAttrs } from '../../kinds/role/index.ts'
import { membership } from '../../kinds/membership/index.ts'
import { ident } from '../../sql/identifier.ts'
import { groupBy, type Table } from '../look.ts'
import { block, code, grid, link, page, section, text } from '../markdown.ts'
import { overview } from '../overview-diagram.ts'
import { between } from '../paths.ts'
import { areaLink, tableLink, type Site } from '../site.ts'

/** Where a reader begins: the picture of everything, and the way to each part of it. */
export function overviewPage(site: Site, here: string): string {
  const found = overview(site)
  const hubs = [
    ...(found?.tables ?? []).map((h) => `${tableLink(site, here, h.id, h.path)} (from ${h.count} tables)`),
    ...(found?.areas ?? []).map((h) => `${areaLink(site, here, h.area)} (from ${h.count} areas)`),
  ]
  const namespaces = site.namespaces.map((n) => [link(text(n), between(here, site.paths.namespace(n))), String(site.tables.filter((t) => t.path[0] === n).length)])
  const areas = site.areas.map((a) => [areaLink(site, here, a), a.tables.map((t) => tableLink(site, here, t.id, t.path)).join(' ')])
  return page(
    `# ${text(site.title)}`,
    found === null ? 'No tables.' : block('mermaid', found.diagram),
    hubs.length === 0 ? null : `Lines to ${hubs.join(', ')} are left out of the picture, as so much refers to them; they have a thick border.`,
    section(2, 'Namespaces', grid(['Namespace', 'Tables'], namespaces)),
    section(2, 'Areas', grid(['Area', 'Tables'], areas)),
    section(2, 'Roles', roles(site)),
    section(
      2,
      'Extensions',
      grid(
        ['Extension', 'Namespace', 'Comment'],
        site.look.all(extension).map((e) => [code(ident(e.path[0]!)), code(e.attrs.namespace ?? ''), text(site.look.comment(e.id) ?? '')]),
      ),
    ),
  )
}

/** Tables with the first words about each. */
export function tableList(site: Site, tables: readonly Table[], here: string): string {
  return grid(
    ['Table', 'Comment'],
    tables.map((t) => [tableLink(site, here, t.id, t.path), text(site.look.comment(t.id) ?? '')]),
  )
}

function roles({ look }: Site): string {
  const groups = groupBy(look.all(membership), (m) => m.path[1]!)
  const member = (name: string): string => (groups.get(name) ?? []).map((m) => code(ident(m.path[0]!))).join(', ')
  return grid(
    ['Role', 'May', 'Member of', 'Comment'],
    look.all(role).map((r) => [code(ident(r.path[0]!)), powers(r.attrs), member(r.path[0]!), text(look.comment(r.id) ?? '')]),
  )
}

function powers(a: RoleAttrs): string {
  const all = [
    a.superuser ? '**superuser**' : '',
    a.login ? 'log in' : '',
    a.bypassRowSecurity ? '**bypass row security**' : '',
    a.createRole ? 'create roles' : '',
    a.createDatabase ? 'create databases' : '',
    a.replication ? 'replicate' : '',
  ]
  return all.filter((p) => p !== '').join(', ')
}
