import { enumType, namespace, table } from 'pgintent'

const app = namespace('app')
const level = enumType(app, 'severity', ['low', 'high'], { renamedFrom: 'level' })
enumType(app, 'order_', ['c', 'b', 'a'])
table(app, 't', { columns: { l: level() } })
