import { classifications, nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/** Every column says what it holds, itself or through its table. Off unless asked for; partitions speak through their parent. */
export const columnUnclassified: Rule = {
  name: 'column-unclassified',
  level: 'off',
  about: 'Columns are classified: pii, financial, secret, internal, public.',
  *check({ look }) {
    const tables = new Set(look.tables().map((t) => t.id))
    for (const c of look.ownColumns())
      if (c.parent !== null && tables.has(c.parent) && classifications(c).length === 0)
        yield {
          object: c,
          message: `column ${nameOf(c)} is not classified, so nobody can tell who may see it and how long it is kept`,
          todo: 'classify() it, or give its table a classification',
        }
  },
}
