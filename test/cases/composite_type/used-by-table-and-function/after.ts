import { compositeType, fn, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const point = compositeType(app, 'spot', { x: integer(), y: integer(), z: integer() })
table(app, 'shapes', { columns: { id: integer().notNull(), at: point() } })
fn(app, 'flat', { args: { s: point() }, returns: integer(), volatility: 'immutable', body: 'select s.x' })
