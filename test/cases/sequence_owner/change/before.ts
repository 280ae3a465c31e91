import { bigint, namespace, nextOf, ownedBy, sequence, table } from 'pgintent'

const app = namespace('app')
const s = sequence(app, 's')
const r = sequence(app, 'r')
const t = table(app, 't', { columns: { a: bigint().default(nextOf(s)), b: bigint() } })
ownedBy(s, t.columns.a)
ownedBy(r, t.columns.b)
