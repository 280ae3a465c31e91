import { enumType } from '../../kinds/enum/index.ts'
import { table } from '../../kinds/table/index.ts'
import { qualified } from '../../sql/identifier.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * Under row security only leakproof operators may run before the policy, and those of enums are not: `status = 'open'` then
 * never uses an index, and every row of the tenant is read. Text with a CHECK says the same and keeps the index.
 */
export const enumUnderRowSecurity: Rule = {
  name: 'enum-under-row-security',
  level: 'warn',
  about: 'Tables with row security have no enum columns.',
  *check({ look }) {
    const enums = new Set(look.all(enumType).map((e) => qualified(e.path)))
    for (const c of look.ownColumns()) {
      const t = look.get(table, c.path[0]!, c.path[1]!)
      if (t === undefined || !look.rowSecurity(t.id).enabled || !enums.has(look.baseType(c.attrs.type))) continue
      yield {
        object: c,
        message: `${nameOf(c)} is an enum in a table with row security, and as enum operators are not leakproof no condition on it can use an index`,
        todo: 'make it text with a check',
      }
    }
  },
}
