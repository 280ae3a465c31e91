import { foreignKey } from '../../kinds/foreign_key/index.ts'
import { index, type IndexAttrs } from '../../kinds/index/index.ts'
import { key } from '../../kinds/key/index.ts'
import { table } from '../../kinds/table/index.ts'
import { identList } from '../../sql/identifier.ts'
import { nameOf, type Look, type Table } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * Deleting or re-keying a referred row looks for rows that refer to it: without an index whose first columns are those of
 * the foreign key, in any order, that reads the whole table for every row and holds its locks meanwhile. A partial index
 * will do when it leaves out only nulls, as those refer to nothing.
 */
export const foreignKeyWithoutIndex: Rule = {
  name: 'foreign-key-without-index',
  level: 'warn',
  about: 'The columns of every foreign key are the first of some index.',
  *check({ look }) {
    for (const f of look.all(foreignKey)) {
      const t = look.get(table, f.path[0]!, f.path[1]!)
      if (t === undefined || look.withParents(t).some((p) => covered(look, p, f.attrs.columns))) continue
      const list = identList(f.attrs.columns)
      yield {
        object: f,
        message: `foreign key ${nameOf(f)} has no index on (${list}), so every delete from ${f.attrs.table.join('.')} reads all of ${nameOf(t)}`,
        todo: `declare an index that begins with (${list})`,
      }
    }
  },
}

function covered(look: Look, t: Table, columns: readonly string[]): boolean {
  const first = (names: readonly (string | null)[]): boolean => columns.every((c) => names.slice(0, columns.length).includes(c))
  return look.on(t.id, key).some((k) => first(k.attrs.columns)) || look.on(t.id, index).some(({ attrs: a }) => a.valid && usable(a, columns) && first(a.on.map((e) => e.column)))
}

function usable(a: IndexAttrs, columns: readonly string[]): boolean {
  if (a.method !== 'btree' && !(a.method === 'hash' && columns.length === 1)) return false
  return a.where === null || notNulls(a.where).every((c) => c !== null && columns.includes(c))
}

/** The columns that a predicate says are not null; null in the list for anything else it says. */
function notNulls(where: string): (string | null)[] {
  return where.split(' AND ').map((part) => {
    const name = /^\(*("(?:[^"]|"")+"|[\w$]+) IS NOT NULL\)*$/.exec(part.trim())?.[1]
    return name === undefined ? null : name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
  })
}
