import { integer, namespace, role, table } from 'pgintent'

const reader = role('ns_reader')
const old = namespace('old', { comment: 'Goes' })
table(old, 'things', { columns: { id: integer().notNull() } })
namespace('app', { comment: 'Before' })
