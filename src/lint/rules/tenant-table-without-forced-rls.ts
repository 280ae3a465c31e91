import { table } from '../../kinds/table/index.ts'
import { ident } from '../../sql/identifier.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * A table with a tenant column (`merchant_id` or `tenant_id`, unless the configuration names others) shows every tenant's
 * rows to whoever may read it, unless row security is enabled; and to its owner, unless it is forced. A partition that is
 * queried by its own name does not ask its parent's policies, so each partition needs row security of its own.
 */
export const tenantTableWithoutForcedRls: Rule = {
  name: 'tenant-table-without-forced-rls',
  level: 'error',
  about: 'Row security is enabled and forced on every table and partition with a tenant column.',
  *check({ look, options }) {
    for (const t of look.all(table)) {
      const tenant = look.columns(t).find((c) => options.tenantColumns.includes(c.path[2]!))
      const { enabled, forced } = look.rowSecurity(t.id)
      if (tenant === undefined || (enabled && forced)) continue
      const name = nameOf(t)
      const has = `${name} has the tenant column ${ident(tenant.path[2]!)}`
      if (enabled) yield { object: t, message: `${has} and its row security is not forced, so its owner sees and changes every tenant's rows`, todo: 'force its row security' }
      else if (t.attrs.partitionOf === null)
        yield {
          object: t,
          message: `${has} and no row security, so every role with a grant sees every tenant's rows`,
          todo: 'enable and force its row security, with a policy on that column',
        }
      else
        yield {
          object: t,
          message: `${has} and no row security, and its parent's policies do not hold for who queries the partition itself`,
          todo: 'enable and force row security on the partition; it needs no policies when only the parent is queried',
        }
    }
  },
}
