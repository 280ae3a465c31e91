import { bigint, integer, namespace, table } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { a: integer(), b: integer().identity('by default'), c: bigint().identity('always') } })
