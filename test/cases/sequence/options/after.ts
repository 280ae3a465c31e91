import { namespace, sequence } from 'pgintent'

const app = namespace('app')
sequence(app, 'numbers', { start: 100, increment: 10, maximum: 100000, cache: 20, comment: 'Order numbers' })
sequence(app, 'small', { type: 'integer', increment: -1, minimum: -50, maximum: 5, start: 5 })
