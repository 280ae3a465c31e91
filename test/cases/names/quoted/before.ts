import { enumType, integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('Weird "App"')
const long = 'x'.repeat(63)
const t = table(app, 'select', { columns: { Order: integer().notNull(), 'a b': text(), group: text() }, primaryKey: ['Order'], comment: 'Quoted' })
view(app, 'user', { as: sql`select t.${t.columns.Order!}, t.${t.columns.group!} from ${t} t` })
enumType(app, 'Mood', ['a b', "it's"])
