import { monthly, namespace, range, table, text, uuid, uuidv7Floor } from 'pgintent'

const app = namespace('app')
process.env['PGINTENT_TODAY'] = '2026-03-10'
table(app, 'hits', { columns: { id: uuid().notNull(), page: text() }, primaryKey: ['id'], partitionBy: range('id', monthly({ bound: uuidv7Floor, from: '2026-01', ahead: 1 })) })
