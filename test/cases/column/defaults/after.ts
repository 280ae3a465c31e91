import { doublePrecision, integer, jsonb, namespace, sql, table, text, timestamptz } from 'pgintent'

const app = namespace('app')
table(app, 't', {
  columns: {
    id: integer().notNull(),
    a: text(),
    b: integer().default(-7),
    c: timestamptz().default(sql`now()`),
    d: doublePrecision()
      .notNull()
      .default(sql`random()`),
    e: text().notNull().default("it's"),
    f: jsonb().default({ a: [1, 2] }),
  },
})
