import { sql, view } from 'pgintent'
import { api } from '../namespaces.ts'
import { retentionDue } from '../ops/retention-due.ts'
import { momoAuditor, momoCompliance } from '../roles.ts'
import { asAsked } from './masking.ts'

export const dueView = view(api, 'v_retention_due', {
  ...asAsked,
  as: sql`select d.class, d.table_name, d.country, d.action, d.how, d.retain, d.due, d.held from ${retentionDue(sql`now()`)} d`,
  comment: 'What is due for deletion or erasure today, and what only a legal hold keeps.',
  grants: [{ to: [momoAuditor, momoCompliance], privileges: ['select'] }],
})
