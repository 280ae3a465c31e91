import { enumType, namespace, table } from 'pgintent'

const app = namespace('app')
const level = enumType(app, 'level', ['low', 'high'])
enumType(app, 'order_', ['a', 'b', 'c'])
table(app, 't', { columns: { l: level() } })
