import type { ColumnAttrs } from '../kinds/column/index.ts'
import type { TableAttrs } from '../kinds/table/index.ts'
import { idOf, type DbObject } from '../model/object.ts'
import { boundValue } from '../words/partitioning.ts'
import { quote, type Code } from './code.ts'
import { sqlIn } from './column.ts'
import type { Writer } from './writer.ts'

const item = /'((?:[^'\\]|'')*)'|MINVALUE|MAXVALUE|NULL|true|false|-?\d+(?:\.\d+)?/y

/** The values of a printed list, with what they are in TypeScript; null when something else is in it. */
function items(text: string, types: readonly (string | undefined)[]): { code: string; words: string[] }[] | null {
  const out: { code: string; words: string[] }[] = []
  for (let at = 0; at < text.length;) {
    item.lastIndex = at
    const m = item.exec(text)
    if (m === null) return null
    const type = types[Math.min(out.length, types.length - 1)]
    const value = m[1] === undefined ? m[0] : m[1].replaceAll("''", "'")
    if (m[1] === undefined && /^(MINVALUE|MAXVALUE)$/.test(value)) out.push({ code: value.toLowerCase(), words: [value.toLowerCase()] })
    else if (m[1] === undefined && value === 'NULL') out.push({ code: 'null', words: [] })
    else {
      const bare = m[1] === undefined
      const plain = bare && /^(true|false)$/.test(value) ? value === 'true' : bare ? Number(value) : value
      if (boundValue(plain, type) !== m[0]) return null
      out.push({ code: bare ? value : quote(value), words: [] })
    }
    at = item.lastIndex
    if (at < text.length && !text.startsWith(', ', at)) return null
    at += at < text.length ? 2 : 0
  }
  return out
}

/** A partition's bound as `from` and `to`, `in`, `modulus` and `remainder` or `default`; as SQL where a value is more than a constant. */
export function boundCode(w: Writer, file: string, o: DbObject<TableAttrs>, parent: DbObject<TableAttrs> | undefined): { [name: string]: Code } {
  const { bound, table } = o.attrs.partitionOf!
  if (bound === 'DEFAULT') return { default: 'true' }
  const hash = /^FOR VALUES WITH \(modulus (\d+), remainder (\d+)\)$/.exec(bound)
  if (hash) return { modulus: hash[1]!, remainder: hash[2]! }
  const types = keyTypes(w, parent?.attrs.partitionBy ?? null, table)
  const use = (found: { code: string; words: string[] }[]): string[] => {
    w.files.use(file, ...found.flatMap((f) => f.words))
    return found.map((f) => f.code)
  }
  const many = /^FOR VALUES IN \((.*)\)$/s.exec(bound)
  const values = many && items(many[1]!, [types?.[0]])
  if (values) return { in: use(values) }
  const range = /^FOR VALUES FROM \((.*)\) TO \((.*)\)$/s.exec(bound)
  const from = range && types && items(range[1]!, types)
  const to = range && types && items(range[2]!, types)
  if (from && to && range[1]!.split(') TO (').length === 1) return { from: alone(use(from)), to: alone(use(to)) }
  return { bound: sqlIn(w, file, bound) }
}

const alone = (codes: readonly string[]): Code => (codes.length === 1 ? codes[0]! : codes)

/** The types of a key's columns, as the words will find them. */
function keyTypes(w: Writer, key: string | null, table: readonly string[]): (string | undefined)[] | null {
  const inside = key === null ? null : (/^(?:RANGE|LIST|HASH) \((.*)\)$/s.exec(key)?.[1] ?? null)
  if (inside === null) return null
  const types = inside.split(', ').map((name) => {
    const column = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
    return (w.model.objects.get(idOf('column', ...table, column)) as DbObject<ColumnAttrs> | undefined)?.attrs.type
  })
  return types.every((t) => t !== undefined) ? types : [undefined]
}
