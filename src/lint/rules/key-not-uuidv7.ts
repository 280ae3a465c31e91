import { column } from '../../kinds/column/index.ts'
import { nameOf, type Look, type Table } from '../look.ts'
import type { Rule } from '../rule.ts'

const version7 = /uuid_?v?_?7\w*\s*\(|uuid_generate_v7|generate_uuid_?v?7/i

/**
 * Random UUIDs scatter inserts over the whole index; version 7 ones arrive in order of time. Looked at only where some table
 * already defaults its key to version 7, or when the rule is asked for by name. A key that is another table's key as well
 * (one to one) takes its value from there.
 */
export const keyNotUuidv7: Rule = {
  name: 'key-not-uuidv7',
  level: 'warn',
  about: 'A UUID primary key defaults to a version 7 UUID.',
  *check({ look, asked }) {
    const keys = look.tables().flatMap((t) => soleUuid(look, t))
    if (!asked && !keys.some((c) => version7.test(c.attrs.default ?? ''))) return
    for (const c of keys)
      if (!version7.test(c.attrs.default ?? ''))
        yield {
          object: c,
          message: `primary key ${nameOf(c)} ${c.attrs.default === null ? 'has no default' : `defaults to ${c.attrs.default}`}, not to a version 7 UUID, so inserts scatter over the index`,
          todo: 'default it to uuidv7()',
        }
  },
}

/** The column of a primary key that is one uuid of the table's own. */
function soleUuid(look: Look, t: Table) {
  const names = look.primaryKey(t)?.attrs.columns ?? []
  const only = names.length === 1 ? look.get(column, ...t.path, names[0]!) : undefined
  if (only === undefined || look.baseType(only.attrs.type) !== 'uuid') return []
  return look.foreignKeys(t).some((f) => f.attrs.columns.includes(only.path[2]!)) ? [] : [only]
}
