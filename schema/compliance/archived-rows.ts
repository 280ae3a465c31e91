import { jsonb, table, text, uuid } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { byMonth, insertOnly } from '../lib/partitions.ts'
import { migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'

export const archivedRows = table(app, 'archived_rows', {
  classification: 'internal',
  retention: 'R1',
  comment:
    'Rows that referred to transactions of a month that is about to go, as they were: ops.archive_references() moves them here, into the same month, and "schema partitions retire" writes them to a file with it.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    table_name: text().notNull().comment('Where it was'),
    row_id: uuid().notNull().comment('Its id there'),
    row_data: jsonb().notNull().classify('pii').comment('The whole row, its encrypted columns as hexadecimal ciphertext'),
  },
  primaryKey: ['id'],
  indexes: { archived_rows_row: { on: ['merchant_id', 'table_name', 'row_id'], comment: 'Serves: what became of this row' } },
  partitionBy: byMonth(insertOnly),
  rowSecurity: { force: true, policies: { ...owner, ...migrations } },
})
guard(archivedRows, { audit: 'ref', appendOnly: true })
