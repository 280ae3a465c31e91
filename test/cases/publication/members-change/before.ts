import { integer, namespace, publication, sql, table, text } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer(), a: integer(), gone: text() }, primaryKey: ['id'] })
const kept = table(app, 'kept', { columns: { id: integer(), wide: integer() }, primaryKey: ['id'] })
const old = table(app, 'old', { columns: { id: integer() }, primaryKey: ['id'] })
publication('changes', { tables: [{ table: t, columns: ['id', 'gone'] }, old], publish: ['insert', 'update'], comment: 'Feeds the warehouse' })
publication('retyped', { tables: [{ table: kept, where: sql`wide > 5` }, t], publish: ['insert'] })
publication('emptied', { tables: [t] })
publication('dropped', { tables: [kept] })
