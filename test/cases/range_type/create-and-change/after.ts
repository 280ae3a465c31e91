import { doublePrecision, namespace, rangeType, text } from 'pgintent'

const app = namespace('app')
rangeType(app, 'float_range', { subtype: doublePrecision(), difference: 'pg_catalog.float8mi', comment: 'Measured' })
rangeType(app, 'text_range', { subtype: text(), collation: 'C', multirange: 'text_ranges' })
