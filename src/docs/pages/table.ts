import { check } from '../../kinds/check/index.ts'
import { exclusion } from '../../kinds/exclusion/index.ts'
import { key } from '../../kinds/key/index.ts'
import { owner } from '../../kinds/owner/index.ts'
import type { DbObject } from '../../model/object.ts'
import { ident, identList, qualified } from '../../sql/identifier.ts'
import { classificationOf, keyMarks } from '../entity.ts'
import { grants } from '../grants.ts'
import type { Column } from '../../kinds/column/index.ts'
import type { Table } from '../look.ts'
import { code, grid, page, paragraphs, section, text } from '../markdown.ts'
import { shortBound, summary } from '../partitions.ts'
import { areaLink, tableLink, type Site } from '../site.ts'
import { behaviour } from './behaviour.ts'
import { indexes } from './indexes.ts'
import { security } from './security.ts'

/** One table, with everything that holds for its rows. */
export function tablePage(site: Site, t: Table, here: string): string {
  const { look } = site
  const comment = look.comment(t.id)
  return page(
    `# ${text(qualified(t.path))}`,
    head(site, t, here),
    comment === null ? null : paragraphs(comment),
    columns(site, t),
    section(2, 'Keys', keys(site, t)),
    section(2, 'Foreign keys', foreignKeys(site, t, here)),
    section(2, 'Referred to by', referring(site, t, here)),
    section(2, 'Checks', checks(site, t)),
    section(2, 'Indexes', indexes(look, t.id)),
    security(look, t),
    behaviour(look, t.id),
    section(
      2,
      'Grants',
      grants(
        look,
        t.id,
        look.columns(t.id).map((c) => ({ id: c.id, name: ident(c.path[2]!) })),
      ),
    ),
    section(2, 'Partitions', partitions(site, t)),
  )
}

function head(site: Site, t: Table, here: string): string {
  const area = site.areaOf.get(t.id)!
  const role = site.look.on(t.id, owner)[0]?.attrs.role
  const facts = [
    `Drawn in ${areaLink(site, here, area)}`,
    role === undefined ? '' : `owned by ${code(ident(role))}`,
    t.attrs.partitionBy === null ? '' : `${code(`PARTITION BY ${t.attrs.partitionBy}`)}, ${summary(site.partitions.get(t) ?? []).split(',')[0]!}`,
    typeof t.facts?.['retention'] === 'string' ? `retention ${text(t.facts['retention'])}` : '',
    t.attrs.unlogged ? 'unlogged: emptied by a crash' : '',
    t.attrs.inherits.length === 0 ? '' : `inherits from ${t.attrs.inherits.map((p) => tableLink(site, here, site.look.table(p)?.id ?? '', p)).join(', ')}`,
  ]
  return `${facts.filter((f) => f !== '').join(' · ')}.`
}

function columns({ look }: Site, t: Table): string {
  const marks = keyMarks(look, t)
  const rows = look.columns(t.id).map((c) => {
    const name = c.path[2]!
    return [
      code(ident(name)),
      code(c.attrs.type),
      marks.get(name)!.join(' '),
      c.attrs.notNull ? 'not null' : '',
      value(c),
      text(classificationOf(c) ?? ''),
      text(look.comment(c.id) ?? ''),
    ]
  })
  return section(2, 'Columns', grid(['Column', 'Type', 'Key', 'Null', 'Default', 'Class', 'Comment'], rows))
}

function value({ attrs: a }: Column): string {
  if (a.identity !== null) return `${code(`GENERATED ${a.identity.generated.toUpperCase()} AS IDENTITY`)}`
  if (a.generated !== null) return `computed ${code(a.generated.expression)}`
  return a.default === null ? '' : code(a.default)
}

function keys({ look }: Site, t: Table): string {
  const rows = look.on(t.id, key).sort((a, b) => Number(b.attrs.primary) - Number(a.attrs.primary))
  return grid(
    ['Key', 'Kind', 'Columns', 'Includes', 'Checked', 'Comment'],
    rows.map((k) => [
      code(ident(k.path[2]!)),
      k.attrs.primary ? 'primary key' : k.attrs.nullsNotDistinct ? 'unique, nulls too' : 'unique',
      code(identList(k.attrs.columns)),
      code(identList(k.attrs.include)),
      k.attrs.deferrable ? (k.attrs.deferred ? 'at commit' : 'deferrable') : '',
      text(look.comment(k.id) ?? ''),
    ]),
  )
}

function foreignKeys(site: Site, t: Table, here: string): string {
  const rows = (site.relations.get(t.id) ?? []).map(({ foreignKey: { id, path, parent, attrs: a }, to, toPath }) => {
    const actions = [
      a.onDelete === 'no action' ? '' : `on delete ${a.onDelete}`,
      a.onUpdate === 'no action' ? '' : `on update ${a.onUpdate}`,
      a.deferrable ? 'deferrable' : '',
      a.enforced ? (a.valid ? '' : 'not validated') : 'not enforced',
      parent === t.id ? '' : 'on partitions only',
    ]
    const comment = site.look.comment(id)
    return [
      code(ident(path[2]!)),
      code(identList(a.columns)),
      `${tableLink(site, here, to, toPath)} ${code(identList(a.references))}`,
      actions.filter((x) => x !== '').join(', '),
      text(comment ?? ''),
    ]
  })
  return grid(['Foreign key', 'Columns', 'Refers to', 'Then', 'Comment'], rows)
}

function referring(site: Site, t: Table, here: string): string {
  const rows = (site.referring.get(t.id) ?? []).map((r) => [
    tableLink(site, here, r.from, site.look.model.objects.get(r.from)!.path),
    code(r.label),
    r.single ? 'at most one row' : 'many rows',
  ])
  return grid(['Table', 'By', 'With'], rows)
}

function checks({ look }: Site, t: Table): string {
  const comment = (o: DbObject<unknown>): string => text(look.comment(o.id) ?? '')
  const rows = [
    ...look.on(t.id, check).map((c) => [code(ident(c.path[2]!)), code(c.attrs.expression), c.attrs.enforced ? (c.attrs.valid ? '' : 'not validated') : 'not enforced', comment(c)]),
    ...look.on(t.id, exclusion).map((x) => [code(ident(x.path[2]!)), code(`EXCLUDE ${x.attrs.definition}`), '', comment(x)]),
  ]
  return grid(['Check', 'Condition', 'State', 'Comment'], rows)
}

function partitions(site: Site, t: Table, depth = 0): string {
  const rows = (o: Table, level: number): string[][] =>
    (site.partitions.get(o) ?? []).flatMap((p) => [
      [`${'&nbsp;'.repeat(4 * level)}${code(qualified(p.path))}`, code(shortBound(p)), p.attrs.partitionBy === null ? '' : code(p.attrs.partitionBy)],
      ...rows(p, level + 1),
    ])
  return grid(['Partition', 'Rows', 'Split again by'], rows(t, depth))
}
