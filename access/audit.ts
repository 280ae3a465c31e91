import { access } from 'pgintent'
import { auditLog } from '../schema/compliance/audit-log.ts'
import { accountant, auditor, auditWriter, closed, members, neighbour, nobody, owner } from './actors.ts'
import { kept } from './lib/usual.ts'

// Its rows come from the triggers of what the other files insert.
access(auditLog, [
  [[...members, nobody], { select: 'nothing' }],
  [[owner, accountant, neighbour, closed], { select: 'own' }],
  [auditor, { select: 'all' }],
  [auditWriter, { insert: 'all' }],
  ...kept,
])
