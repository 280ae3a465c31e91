import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * A table without a primary key cannot be updated through logical replication, its duplicates cannot be told apart, and
 * nothing can refer to its rows. Partitions have the key of their parent.
 */
export const tableWithoutPrimaryKey: Rule = {
  name: 'table-without-primary-key',
  level: 'error',
  about: 'Every table has a primary key.',
  *check({ look }) {
    for (const t of look.tables())
      if (look.primaryKey(t) === undefined)
        yield {
          object: t,
          message: `${nameOf(t)} has no primary key, so two equal rows cannot be told apart and logical replication cannot update them`,
          todo: 'declare a primary key',
        }
  },
}
