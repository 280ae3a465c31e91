import { bigint, interval, sql, sqlText, text, timestamptz } from 'pgintent'
import { countDue, keptTables } from '../compliance/kept-tables.ts'
import { tablesByMonth } from '../lib/partitions.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoCompliance, momoRetention } from '../roles.ts'
import { uuidv7Time } from '../uuid.ts'
import './ensure-partitions.ts'
import { partitionHolds } from './partition-holds.ts'

const months = tablesByMonth()
  .map(({ table: [namespace, name] }) => `('${namespace}.${name}')`)
  .join(', ')

export const retentionDue = definer(ops, 'retention_due', {
  args: { cutoff: timestamptz().default(sql`now()`) },
  returns: { table: { class: text(), table_name: text(), country: text(), action: text(), how: text(), retain: interval(), due: bigint(), held: bigint() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
BEGIN
  -- Months go as a whole, so the longest period of any country decides.
  RETURN QUERY
    SELECT p.class, t.name, NULL::text, p.action, 'partition'::text, p.retain, count(*) FILTER (WHERE h.reason IS NULL), count(*) FILTER (WHERE h.reason IS NOT NULL)
    FROM (VALUES ${sqlText(months)}) t(name)
    CROSS JOIN LATERAL (SELECT o.* FROM app.retention_policies o WHERE t.name = ANY (o.applies_to) ORDER BY o.retain DESC LIMIT 1) p
    JOIN pg_inherits i ON i.inhparent = to_regclass(t.name) JOIN pg_class c ON c.oid = i.inhrelid
    CROSS JOIN LATERAL (SELECT ${uuidv7Time}(b[1]::uuid), ${uuidv7Time}(b[2]::uuid)
                        FROM regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([0-9a-f-]{36})''\) TO \(''([0-9a-f-]{36})''\)') b) m(starts, ends)
    LEFT JOIN LATERAL (SELECT x.reason FROM ${partitionHolds}(t.name, m.starts, m.ends) x LIMIT 1) h ON true
    WHERE m.ends <= cutoff - p.retain
    GROUP BY 1, 2, 4, 6;
${keptTables
  .map(
    (k) => sql`
  RETURN QUERY${countDue(k)};`,
  )
  .reduce((a, b) => sql`${a}${b}`)}
END `,
  comment:
    'What retention_policies say is due at a moment: rows, and months of the partitioned tables. how: delete and erase are for ops.apply_retention(), partition for the command "schema partitions retire", report for a person. held: what is due but for a legal hold.',
  grants: [{ to: [momoAuditor, momoCompliance, momoRetention], privileges: ['execute'] }],
})
