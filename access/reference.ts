import { access } from 'pgintent'
import { currencies } from '../schema/money/currencies.ts'
import { backOffice, ledger, members, nobody, worker } from './actors.ts'
import { operated } from './lib/usual.ts'

access(currencies, [[[...members, nobody, ledger, worker, ...backOffice], { select: 'all' }], ...operated])
