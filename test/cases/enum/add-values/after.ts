import { enumType, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const mood = enumType(app, 'mood', ['awful', 'sad', 'ok', 'happy', 'ecstatic'])
table(app, 'people', { columns: { id: integer().notNull(), mood: mood().default('ok') }, primaryKey: ['id'] })
