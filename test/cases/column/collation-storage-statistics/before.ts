import { namespace, table, text } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { a: text().collate('C'), b: text().storage('external'), c: text().statistics(50), d: text() } })
