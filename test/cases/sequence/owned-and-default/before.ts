import { bigint, namespace, sequence, table } from 'pgintent'

const app = namespace('app')
const s = sequence(app, 'ticket_seq')
table(app, 'tickets', { columns: { id: bigint().notNull(), number: bigint() }, primaryKey: ['id'] })
