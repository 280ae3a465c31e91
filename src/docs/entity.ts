import { index } from '../kinds/index/index.ts'
import { key } from '../kinds/key/index.ts'
import type { Column } from '../kinds/column/index.ts'
import type { Look, Table } from './look.ts'
import { cut, label, quote, typeWord, word, type Names } from './mermaid.ts'
import { summary } from './partitions.ts'
import type { Relation } from './relations.ts'

/** One row of an entity's box. `mark` tells a changed one from the others. */
export interface Attribute {
  readonly type: string
  readonly name: string
  readonly keys: readonly string[]
  readonly note: string
}

/** The classification that a declaration gave a column: `pii`, `financial`, … */
export const classificationOf = (c: Column): string | null => {
  const said = c.facts?.['classification']
  return typeof said === 'string' && said !== '' ? said : Array.isArray(said) && said.length > 0 ? said.join(', ') : null
}

/** PK, FK and UK marks by column name. UK is for what is unique by itself, not as a part of something unique. */
export function keyMarks(look: Look, t: Table): Map<string, string[]> {
  const keys = look.on(t.id, key)
  const primary = new Set(keys.filter((k) => k.attrs.primary).flatMap((k) => k.attrs.columns))
  const foreign = new Set(look.foreignKeys(t.id).flatMap((f) => f.attrs.columns))
  const alone = [
    ...keys.filter((k) => !k.attrs.primary).map((k) => k.attrs.columns),
    ...look
      .on(t.id, index)
      .filter((i) => i.attrs.unique && i.attrs.where === null)
      .map((i) => i.attrs.on.map((e) => e.column)),
  ]
  const single = new Set(alone.filter((c) => c.length === 1).map((c) => c[0]!))
  return new Map(
    look.columns(t.id).map((c): [string, string[]] => {
      const name = c.path[2]!
      return [name, [primary.has(name) ? 'PK' : '', foreign.has(name) ? 'FK' : '', single.has(name) ? 'UK' : ''].filter((m) => m !== '')]
    }),
  )
}

/** A column as a row: its type, name and keys, and in the note its classification, where it is not that of the table, and the beginning of its comment. */
export function columnAttribute(look: Look, c: Column, keys: readonly string[], mark = ''): Attribute {
  const own = classificationOf(c)
  const usual = look.model.objects.get(c.parent ?? '')?.facts?.['classification']
  const parts = [mark, own === null || own === usual ? '' : own, cut(look.comment(c.id) ?? '', 48)].filter((p) => p !== '')
  return { type: typeWord(c.attrs.type, c.path[0]!), name: word(c.path[2]!), keys, note: parts.join(' · ') }
}

/** The head of an entity: its name, and for a partitioned table how it is split. */
export function title(t: Table, partitions: readonly Table[] | undefined): string {
  if (t.attrs.partitionBy === null) return t.path.join('.')
  return `${t.path.join('.')}\nPARTITION BY ${t.attrs.partitionBy}\n${summary(partitions ?? []).replace(/, (first|last) /g, '\n$1 ')}`
}

/** An entity: without attributes it is a bare box, which is what a table of another area gets. */
export function entity(names: Names, path: readonly string[], title: string, attributes: readonly Attribute[] = []): string[] {
  const head = `  ${names.of(path)}[${label(title)}]`
  if (attributes.length === 0) return [head]
  const rows = attributes.map((a) => [`    ${a.type} ${a.name}`, a.keys.join(', '), a.note === '' ? '' : quote(a.note)].filter((p) => p !== '').join(' '))
  return [`${head} {`, ...rows, '  }']
}

/** A foreign key as a line. The left end is the table that is referred to. */
export function relation(names: Names, r: Relation, fromPath: readonly string[], mark = ''): string {
  const line = `${r.required ? '||' : '|o'}--${r.single ? 'o|' : 'o{'}`
  return `  ${names.of(r.toPath)} ${line} ${names.of(fromPath)} : ${quote(mark === '' ? r.label : `${mark} ${r.label}`)}`
}
