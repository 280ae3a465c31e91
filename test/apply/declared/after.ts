import { enumType, integer, namespace, table } from 'pgintent'

/** Two transactions: a new value can be used only when it is committed. */
const app = namespace('app')
const mood = enumType(app, 'mood', ['sad', 'ok', 'happy'])
table(app, 'people', { columns: { id: integer().notNull(), mood: mood().notNull().default('ok') }, primaryKey: ['id'] })
