import { access } from 'pgintent'
import { currencies } from '../schema/reference.ts'
import { backOffice, ledger, members, nobody, worker } from './actors.ts'
import { operated } from './lib/usual.ts'

access(currencies, [[[...members, nobody, ledger, worker, ...backOffice], { select: 'all' }], ...operated])
