import { namespace, sequence } from 'pgintent'

const app = namespace('app')
sequence(app, 'numbers')
sequence(app, 'small', { type: 'smallint', cycle: true })
