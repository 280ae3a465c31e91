import { index, type IndexAttrs } from '../../kinds/index/index.ts'
import { key } from '../../kinds/key/index.ts'
import type { DbObject, Id } from '../../model/object.ts'
import { nameOf, type Look } from '../look.ts'
import type { Rule } from '../rule.ts'

interface Entry {
  readonly object: DbObject<unknown>
  readonly method: string
  readonly unique: boolean
  /** Columns with everything that decides whether one index can stand for another, forwards and backwards. */
  readonly forwards: readonly string[]
  readonly backwards: readonly string[]
  readonly include: readonly string[]
  readonly where: string | null
}

/**
 * An index whose columns are the first columns of another is read by nobody the other could not serve, and is written by every
 * INSERT. Unique ones are only duplicates of the same columns, as they keep something unique that the longer one does not.
 */
export const indexDuplicate: Rule = {
  name: 'index-duplicate',
  level: 'warn',
  about: 'No index only repeats the beginning of another.',
  *check({ look }) {
    const tables = new Set([...look.all(index), ...look.all(key)].map((o) => o.parent!))
    for (const t of tables) {
      const entries = entriesOf(look, t)
      for (const e of entries) {
        const other = entries.find((o) => o !== e && repeats(e, o))
        if (other)
          yield {
            object: e.object,
            message: `${nameOf(e.object)} repeats ${e.forwards.length < other.forwards.length ? 'the beginning of ' : ''}${nameOf(other.object)}, and every write keeps both`,
            todo: 'drop it',
          }
      }
    }
  },
}

function entriesOf(look: Look, t: Id): Entry[] {
  const keys = look.on(t, key).map((k): Entry => {
    const columns = k.attrs.columns.map((c) => element(c, null, null, false, false))
    return {
      object: k,
      method: 'btree',
      unique: true,
      forwards: columns,
      backwards: k.attrs.columns.map((c) => element(c, null, null, true, true)),
      include: k.attrs.include,
      where: null,
    }
  })
  const indexes = look
    .on(t, index)
    .filter((i) => i.attrs.valid)
    .map((i): Entry => ({ object: i, ...ofIndex(i.attrs) }))
  return [...keys, ...indexes].sort((a, b) => (a.object.id < b.object.id ? -1 : 1))
}

function ofIndex(a: IndexAttrs): Omit<Entry, 'object'> {
  const each = (flip: boolean): string[] => a.on.map((e) => element(e.column ?? `(${e.expression})`, e.opclass, e.collation, e.descending !== flip, e.nullsFirst !== flip))
  return { method: a.method, unique: a.unique, forwards: each(false), backwards: each(true), include: a.include, where: a.where }
}

const element = (name: string, opclass: string | null, collation: string | null, descending: boolean, nullsFirst: boolean): string =>
  JSON.stringify([name, opclass, collation, descending, nullsFirst])

/** Whether `o` serves for everything that `e` does. Of two that are the same, the key stays, or else the first by name. */
function repeats(e: Entry, o: Entry): boolean {
  if (e.method !== o.method || (o.where !== null && o.where !== e.where) || (e.where !== null && o.where === null)) return false
  const begins = (own: readonly string[]): boolean => own.every((c, i) => c === o.forwards[i])
  if (!begins(e.forwards) && !(e.method === 'btree' && begins(e.backwards))) return false
  const has = new Set([...o.include, ...o.forwards.map((c) => String((JSON.parse(c) as unknown[])[0]))])
  if (!e.include.every((c) => has.has(c))) return false
  const same = e.forwards.length === o.forwards.length && e.include.length === o.include.length
  if (e.unique) return same && o.unique && first(o, e)
  if (same) return o.unique || first(o, e)
  return e.method === 'btree'
}

/** Keys before indexes, the primary key first, then by name. */
function first(a: Entry, b: Entry): boolean {
  const rank = (e: Entry): string => `${e.object.kind === key.kind ? ((e.object.attrs as { primary: boolean }).primary ? 0 : 1) : 2} ${e.object.id}`
  return rank(a) < rank(b)
}
