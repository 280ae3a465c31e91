import { materializedView } from '../../kinds/materialized_view/index.ts'
import { table } from '../../kinds/table/index.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * A materialised view keeps what its owner saw and can have no policies: whoever may read it reads every tenant's rows. Fine
 * for totals, or when only a function or view that filters reads it; then turn the rule off or revoke its grants.
 */
export const materializedViewPastRowSecurity: Rule = {
  name: 'materialized-view-past-row-security',
  level: 'warn',
  about: 'No materialised view keeps rows of a table with row security.',
  *check({ look }) {
    for (const v of look.all(materializedView)) {
      const parents = v.refs.map((r) => look.model.objects.get(r)?.parent ?? r).map((id) => look.model.objects.get(id))
      const guarded = parents.find((o) => o?.kind === table.kind && look.rowSecurity(o.id).enabled)
      if (guarded)
        yield {
          object: v,
          message: `materialised view ${nameOf(v)} keeps rows of ${nameOf(guarded)} past its row security, and can have none of its own`,
          todo: 'make it a view with security_invoker, or let nobody but its owner read it',
        }
    }
  },
}
