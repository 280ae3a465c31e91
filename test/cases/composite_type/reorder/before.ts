import { compositeType, fn, integer, namespace, sql, text } from 'pgintent'

const app = namespace('app')
compositeType(app, 'pair', { a: integer(), b: text() }, { comment: 'Two' })
const f = fn(app, 'make', { returns: sql`app.pair`, body: `select row(1, 'x')::app.pair` })
