import { compositeType, integer, namespace, text } from 'pgintent'

const app = namespace('app')
compositeType(app, 'address', { street: text(), zip: integer(), gone: text() }, { comment: 'Where' })
