import { actor, sql, type Actor, type RoleLike } from 'pgintent'
import { beginRequest } from '../schema/context.ts'
import {
  momoAnalytics, momoApi, momoAuditor, momoAuditWriter, momoCompliance, momoLedger, momoMigrator, momoOnboarding, momoOwner, momoRetention, momoSupport, momoSync, momoWorker,
} from '../schema/roles.ts' // prettier-ignore
import { accountantA, cashierA, managerA, ownerA, ownerB, ownerC, viewerA, type Person } from './world.ts'

/** Somebody who asks through a service. `own` is their merchant's, `colleagues` who works there, `self` what is theirs alone. */
function member(name: string, who: Person, role: RoleLike, device: string | null = null): Actor {
  return actor(name, {
    role,
    context: sql`select ${beginRequest}(${who.user}, ${who.shop.merchant}, ${device}, null)`,
    sets: { own: who.shop.rows, news: who.shop.news, colleagues: who.shop.staff, self: who.self },
  })
}

export const owner = member('owner of A', ownerA, momoApi)
export const manager = member('manager of A', managerA, momoApi)
export const accountant = member('accountant of A', accountantA, momoApi)
export const cashier = member('cashier of A', cashierA, momoApi)
export const viewer = member('viewer of A', viewerA, momoApi)
export const neighbour = member('owner of B', ownerB, momoApi)
export const closed = member('owner of C, closed', ownerC, momoApi)
/** Offline sync, with the cashier's phone. */
export const phone = member('phone of A', cashierA, momoSync, cashierA.phone)
/** The API before, or without, begin_request(). */
export const nobody = actor('nobody', { role: momoApi })

export const worker = actor('worker', { role: momoWorker })
export const ledger = actor('ledger', { role: momoLedger })
export const auditWriter = actor('audit writer', { role: momoAuditWriter })
export const auditor = actor('auditor', { role: momoAuditor })
export const support = actor('support', { role: momoSupport })
export const analytics = actor('analytics', { role: momoAnalytics })
export const compliance = actor('compliance', { role: momoCompliance })
export const onboarding = actor('onboarding', { role: momoOnboarding })
export const retention = actor('retention', { role: momoRetention })
export const migrator = actor('migrator', { role: momoMigrator })
export const dba = actor('table owner', { role: momoOwner, login: momoMigrator })

/** Everybody who asks for a merchant. */
export const members = [owner, manager, accountant, cashier, viewer, neighbour, closed, phone]
/** Those who look at every merchant. */
export const backOffice = [auditor, support, analytics]
/** Who may change tables: row security is forced on both. */
export const operators = [migrator, dba]
