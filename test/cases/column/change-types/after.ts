import { bigint, integer, namespace, numeric, sql, table, timestamptz, varchar } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { id: bigint().notNull(), a: numeric(12, 2).default(sql`5`), b: varchar(50), c: varchar(20), d: timestamptz(), e: integer() }, primaryKey: ['id'] })
