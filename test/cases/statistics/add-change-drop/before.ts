import { integer, namespace, sql, statistics, table, text } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { a: integer(), b: integer(), c: text(), gone: integer() } })
const old = table(app, 'old', { columns: { a: integer(), b: integer() } })
statistics(t, 'changes', { on: ['a', 'b'] })
statistics(t, 'goes', { on: [sql`a * 2`] })
statistics(t, 'narrows', { on: ['a', 'b', 'gone'], kinds: ['ndistinct'] })
statistics(old, 'goes_along', { on: ['a', 'b'] })
