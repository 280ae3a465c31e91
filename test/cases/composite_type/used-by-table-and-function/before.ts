import { compositeType, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const point = compositeType(app, 'spot', { x: integer(), y: integer() })
table(app, 'shapes', { columns: { id: integer().notNull(), at: point() } })
