import { enumType, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const mood = enumType(app, 'mood', ['sad', 'happy'])
table(app, 'people', { columns: { id: integer().notNull(), mood: mood().notNull().default('sad') }, primaryKey: ['id'] })
