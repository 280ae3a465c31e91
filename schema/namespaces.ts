import { namespace, publicRole } from 'pgintent'
import { backOffice, momoApp, momoAuditor, momoAuditWriter, momoCompliance, momoLedger, momoOnboarding, momoRetention, momoWorker } from './roles.ts'

/** Nobody creates in it and nobody finds anything in it. */
namespace('public', {
  comment: 'Empty and locked: nothing is granted to PUBLIC.',
  grants: [{ to: publicRole, privileges: [], builtIn: ['usage'] }],
})

export const app = namespace('app', {
  comment: 'Tables, types, and the functions they need.',
  grants: [{ to: [momoApp, momoLedger, momoWorker, momoAuditWriter, momoCompliance, ...backOffice], privileges: ['usage'] }],
})

export const api = namespace('api', {
  comment: 'What services and people call: functions, and views with the rights of who reads them.',
  grants: [{ to: [momoApp, momoWorker, momoLedger, momoCompliance, ...backOffice], privileges: ['usage'] }],
})

export const audit = namespace('audit', {
  comment: 'Who changed what, kept apart from what was changed.',
  grants: [{ to: [momoApp, momoAuditor, momoAuditWriter, momoCompliance], privileges: ['usage'] }],
})

export const ops = namespace('ops', {
  comment: 'Partitions, retention and ledger verification.',
  grants: [{ to: [momoRetention, momoWorker, momoLedger, momoAuditWriter, momoCompliance, momoOnboarding, momoAuditor], privileges: ['usage'] }],
})
