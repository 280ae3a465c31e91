import { enumType, integer, namespace, sql, table, view } from 'pgintent'

const app = namespace('app')
const mood = enumType(app, 'mood', ['sad', 'happy'], { comment: 'How one feels' })
const people = table(app, 'people', {
  columns: {
    id: integer().notNull(),
    mood: mood().default('sad'),
    moods: mood()
      .array()
      .default(sql`'{sad,happy}'::app.mood[]`),
  },
  primaryKey: ['id'],
  indexes: { people_mood: ['mood'] },
})
view(app, 'sad_people', { as: sql`select p.id from ${people} p where p.mood = 'sad'::app.mood` })
