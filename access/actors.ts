import { actor, sql, type Actor, type RoleLike } from 'pgintent'
import { beginRequest } from '../schema/context.ts'
import {
  momoAnalytics, momoApi, momoAuditor, momoAuditWriter, momoCompliance, momoLedger, momoMigrator, momoOnboarding, momoOwner, momoRetention, momoSupport, momoSync, momoWorker,
} from '../schema/roles.ts' // prettier-ignore
import { accountantA, cashierA, managerA, ownerA, ownerB, ownerC, partnerA, partners, viewerA, type Person } from './world.ts'

/** Somebody who asks through a service. `own` is their merchant's, `colleagues` who works there, `self` theirs alone, `device` of their phone. */
function member(name: string, who: Person, role: RoleLike, device: string | null = null): Actor {
  return actor(name, {
    role,
    context: sql`select ${beginRequest}(${who.user}, ${who.shop.merchant}, ${device}, null)`,
    sets: { own: who.shop.rows, news: who.shop.news, colleagues: who === ownerC ? who.shop.staff : [who.shop.staff, partners], self: who.self, device: who.atPhone },
  })
}

export const owner = member('owner of A', ownerA, momoApi)
export const manager = member('manager of A', managerA, momoApi)
export const accountant = member('accountant of A', accountantA, momoApi)
export const cashier = member('cashier of A', cashierA, momoApi)
export const viewer = member('viewer of A', viewerA, momoApi)
/** Who owns B as well, in a request for A. */
export const partner = member('partner in A', partnerA, momoApi)
export const neighbour = member('owner of B', ownerB, momoApi)
/** Offline sync, with the cashier's phone. */
export const phone = member('phone of A', cashierA, momoSync, cashierA.phone)
export const closed = member('owner of C, closed', ownerC, momoApi)
export const closedPhone = member('phone of C, closed', ownerC, momoSync, ownerC.phone)
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
export const members = [owner, manager, accountant, cashier, viewer, partner, neighbour, phone, closed, closedPhone]
/** The owners of merchants that are open. */
export const owners = [owner, partner, neighbour]
/** Whose merchant is closed: they read, and write nothing. */
export const shut = [closed, closedPhone]
/** Those who look at every merchant. */
export const backOffice = [auditor, support, analytics]
/** Who may change tables: row security is forced on both. */
export const operators = [migrator, dba]
