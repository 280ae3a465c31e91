import { role } from 'pgintent'

const group = role('me_group')
const other = role('me_other')
role('me_member', { memberOf: [{ role: group, admin: true }] })
role('me_second', { memberOf: [group, other] })
