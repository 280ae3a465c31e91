import { compositeType, fn, integer, namespace, sql, text } from 'pgintent'

const app = namespace('app')
compositeType(app, 'pair', { b: text(), a: integer() }, { comment: 'Two' })
const f = fn(app, 'make', { returns: sql`app.pair`, body: `select row('x', 1)::app.pair` })
