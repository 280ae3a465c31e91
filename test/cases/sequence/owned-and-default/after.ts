import { bigint, namespace, nextOf, ownedBy, sequence, serial, table } from 'pgintent'

const app = namespace('app')
const s = sequence(app, 'ticket_seq')
const tickets = table(app, 'tickets', { columns: { id: bigint().notNull(), number: bigint().default(nextOf(s)), other: serial() }, primaryKey: ['id'] })
ownedBy(s, tickets.columns.number)
