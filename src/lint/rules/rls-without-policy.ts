import { policy } from '../../kinds/policy/index.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * Row security without any permissive policy shows no row to anyone it binds. On a partition that is a lock on purpose: only
 * the parent's policies then lead to its rows.
 */
export const rlsWithoutPolicy: Rule = {
  name: 'rls-without-policy',
  level: 'warn',
  about: 'A table with row security has a policy that lets somebody in.',
  *check({ look }) {
    for (const t of look.tables()) {
      if (!look.rowSecurity(t.id).enabled) continue
      const policies = look.on(t.id, policy)
      if (policies.some((p) => p.attrs.permissive)) continue
      const what = policies.length === 0 ? 'no policies' : 'only restrictive policies'
      yield {
        object: t,
        message: `${nameOf(t)} has row security and ${what}, so nobody whom it binds sees a row`,
        todo: 'declare a policy for the roles that should, or disable row security',
      }
    }
  },
}
