import { bigint, compositeType, publicRole, uuid } from 'pgintent'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const leg = compositeType(
  app,
  'leg',
  { account_id: uuid(), amount_minor: bigint() },
  {
    comment: 'One leg of a journal: debits are positive, credits negative.',
    grants: [
      { to: publicRole, privileges: [] },
      { to: momoLedger, privileges: ['usage'] },
    ],
  },
)
