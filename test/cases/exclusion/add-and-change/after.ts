import { boolean, extension, integer, namespace, sql, table, tstzrange } from 'pgintent'

const app = namespace('app')
extension('btree_gist', { namespace: app })
table(app, 'bookings', {
  columns: { room: integer().notNull(), during: tstzrange().notNull(), cancelled: boolean().notNull().default(false) },
  exclude: {
    no_overlap: {
      on: [
        ['room', '='],
        ['during', '&&'],
      ],
      where: (c) => sql`NOT ${c.cancelled}`,
      deferrable: true,
    },
  },
})
