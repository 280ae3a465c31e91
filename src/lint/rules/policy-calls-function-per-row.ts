import { policy } from '../../kinds/policy/index.ts'
import { nameOf } from '../look.ts'
import { callsIn } from '../calls.ts'
import type { Rule } from '../rule.ts'

/**
 * A function call in a policy may run once for every row; inside a scalar sub-select, `(SELECT f())`, it runs once for the
 * statement.
 *
 * A heuristic: the expression is read as PostgreSQL prints it, word by word, not understood. Calls inside any sub-select
 * count as wrapped; operators, casts and a list of cheap functions of PostgreSQL's own are let pass. A call that takes
 * columns of the row cannot be wrapped: look whether a join or a column can say the same.
 */
export const policyCallsFunctionPerRow: Rule = {
  name: 'policy-calls-function-per-row',
  level: 'warn',
  about: 'Policies call functions once per statement, not once per row.',
  *check({ look }) {
    for (const p of look.all(policy)) {
      const calls = new Set([p.attrs.using, p.attrs.check].flatMap((e) => (e === null ? [] : callsIn(e))))
      if (calls.size === 0) continue
      const names = [...calls].map((c) => `${c}()`).join(', ')
      yield {
        object: p,
        message: `policy ${nameOf(p)} may call ${names} for every row, as it is not inside a sub-select`,
        todo: `write (select ${[...calls][0]}(…)) where it does not depend on the row`,
      }
    }
  },
}
