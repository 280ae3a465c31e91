import { bigint, namespace, nextOf, sequence, table } from 'pgintent'

const app = namespace('app')
const s = sequence(app, 'numbers', { renamedFrom: 'old_numbers', comment: 'Numbers' })
table(app, 't', { columns: { n: bigint().default(nextOf(s)) } })
sequence(app, 'u')
