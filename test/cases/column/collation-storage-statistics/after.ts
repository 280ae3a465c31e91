import { namespace, table, text } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { a: text().collate('POSIX'), b: text().storage('main'), c: text(), d: text().statistics(200).options({ n_distinct: -0.5 }).compression('pglz') } })
