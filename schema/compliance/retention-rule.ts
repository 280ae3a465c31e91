import { interval, sql, text } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoOwner } from '../roles.ts'

export const retentionRule = internal(app, 'retention_rule', {
  args: { table_name: text(), country: text() },
  returns: { table: { class: text(), retain: interval(), action: text() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN QUERY
    SELECT p.class, p.retain, p.action
    FROM (SELECT DISTINCT ON (o.class) o.* FROM app.retention_policies o
          WHERE retention_rule.table_name = ANY (o.applies_to) AND (o.country IS NULL OR o.country::text = retention_rule.country)
          ORDER BY o.class, o.country NULLS LAST) p
    ORDER BY p.retain DESC LIMIT 1;
END `,
  comment:
    'How long rows of a table are kept for a merchant of a country, and by which class: of each class what is said for the country, else what is said for all; of several classes the longest. No row where nothing is said, and then nothing is ever due.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
