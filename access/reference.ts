import { access, rows } from 'pgintent'
import { currencies } from '../schema/money/currencies.ts'
import { deployment } from '../schema/ops/deployment.ts'
import { auditor, backOffice, ledger, members, nobody, worker } from './actors.ts'
import { keptByOwner, operated } from './lib/usual.ts'
import { shared } from './world.ts'

access(currencies, [[[...members, nobody, ledger, worker, ...backOffice], { select: 'all' }], ...operated])

rows(shared, deployment, [{ is_live: false }])
access(deployment, [[[ledger, worker, auditor], { select: 'all' }], ...keptByOwner])
