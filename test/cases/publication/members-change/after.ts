import { bigint, integer, namespace, publication, sql, table, text } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer(), a: integer(), fresh: text() }, primaryKey: ['id'] })
const kept = table(app, 'kept', { columns: { id: integer(), wide: bigint() }, primaryKey: ['id'] })
const other = table(app, 'other', { columns: { id: integer(), a: integer() }, primaryKey: ['id'] })
publication('changes', {
  tables: [
    { table: t, columns: ['id', 'fresh'] },
    { table: other, where: sql`id > 100` },
  ],
  publish: ['insert', 'update', 'delete'],
  viaPartitionRoot: true,
})
publication('retyped', { tables: [{ table: kept, where: sql`wide > 5` }, t], publish: ['insert'] })
publication('emptied', {})
publication('whole', { namespaces: [app], owner: 'postgres' })
publication('everything', { allTables: true })
