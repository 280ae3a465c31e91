import { bigint, integer, namespace, sql, statistics, table, text } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { a: integer(), b: bigint(), c: text() } })
statistics(t, 'changes', { on: ['a', 'b'], target: 300, comment: 'For the report' })
statistics(t, 'narrows', { on: ['b', 'a'], kinds: ['ndistinct'] })
statistics(t, 'comes', { on: (x) => ['b', sql`lower(${x.c})`], kinds: ['mcv', 'dependencies'] })
