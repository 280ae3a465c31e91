import { classifications, nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

const amount = /(^|_)(amount|balance|charge|commission|cost|credit|debit|fee|payment|payout|price|refund|salary|subtotal|tax|tip|total|wage)s?(_|$)/i

/**
 * Binary floating point cannot hold 0.10, so sums of it drift; `money` takes its decimals and its symbol from a setting of the
 * server. Columns that are classified as financial, or that are called like an amount, are numeric or count minor units.
 */
export const inexactAmount: Rule = {
  name: 'inexact-amount',
  level: 'error',
  about: 'Amounts of money are exact numbers.',
  *check({ look }) {
    for (const c of look.ownColumns()) {
      const type = look.baseType(c.attrs.type).replace(/(\[\])+$/, '')
      const todo = 'make it numeric, or bigint minor units with a currency beside it'
      if (type === 'money') yield { object: c, message: `${nameOf(c)} is money, whose decimals and currency depend on the server's lc_monetary`, todo }
      else if ((type === 'real' || type === 'double precision') && (amount.test(c.path[2]!) || classifications(c).includes('financial')))
        yield { object: c, message: `${nameOf(c)} holds an amount as ${type}, which cannot hold 0.10 and drifts in sums`, todo }
    }
  },
}
