import { namespace, role } from 'pgintent'

const reader = role('ns_reader')
namespace('app', { comment: 'After', grants: [{ to: reader, privileges: ['usage'] }] })
namespace('fresh', { comment: 'Comes' })
