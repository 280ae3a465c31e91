import { extension, integer, namespace, table, tstzrange } from 'pgintent'

const app = namespace('app')
extension('btree_gist', { namespace: app })
table(app, 'bookings', {
  columns: { room: integer().notNull(), during: tstzrange().notNull() },
  exclude: {
    no_overlap: {
      on: [
        ['room', '='],
        ['during', '&&'],
      ],
    },
  },
})
