import { defaultPrivileges, publicRole, role } from 'pgintent'

// Passwords are never declared: they are set where the roles log in.

/** How long a role may wait, hold a lock, or keep a transaction open. One long writer holds back every phone's sync. */
const limits = (statement: string, lock: string, idle: string) => ({
  statement_timeout: statement,
  lock_timeout: lock,
  idle_in_transaction_session_timeout: idle,
})

// Those who own.

export const momoOwner = role('momo_owner', { comment: 'Owns namespaces, tables, views and most functions. Nobody logs in as it.' })

export const momoLedger = role('momo_ledger', {
  comment: 'Owns the posting functions, no tables: the only role that may write the ledger.',
})

export const momoAuditWriter = role('momo_audit_writer', {
  comment: 'Owns the functions of the audit log and of its seals: inserts into both, and reads them to seal and to verify. Changes neither, and nobody logs in as it.',
})

export const momoMigrator = role('momo_migrator', {
  login: true,
  memberOf: [momoOwner, momoLedger, momoAuditWriter],
  settings: limits('0', '5s', '60s'),
  comment: 'Applies plans, in the DDL window only: a member of every role that owns something.',
})

// Those who serve merchants. All of them are bound by row security.

export const momoApp = role('momo_app', { comment: 'What the services have in common. They log in as its members.' })

export const momoApi = role('momo_api', {
  login: true,
  memberOf: [momoApp],
  settings: limits('5s', '2s', '10s'),
  comment: 'The HTTP API, behind a pooler in transaction mode.',
})

export const momoSync = role('momo_sync', {
  login: true,
  memberOf: [momoApp],
  settings: limits('15s', '2s', '10s'),
  comment: 'Offline sync: the API, and the tables that keep its cursors.',
})

export const momoWorker = role('momo_worker', {
  login: true,
  settings: limits('30s', '2s', '10s'),
  comment: 'Provider callbacks, polling and settlement, for all merchants.',
})

// Those who look.

export const momoAuditor = role('momo_auditor', {
  login: true,
  settings: { ...limits('120s', '2s', '60s'), default_transaction_read_only: true },
  comment: 'Reads the audit log, and what the views of api show of all merchants.',
})

export const momoSupport = role('momo_support', {
  login: true,
  settings: { ...limits('30s', '2s', '30s'), default_transaction_read_only: true },
  comment:
    'Helps merchants: reads columns of all of them that name nobody, masked through views of api or from their tables. Its reads are not logged by the database; see decision 26.',
})

export const momoAnalytics = role('momo_analytics', {
  login: true,
  settings: { ...limits('300s', '2s', '60s'), default_transaction_read_only: true },
  comment: 'Reads the figures of all merchants, through views or from their tables. Never ciphertext, never a blind index.',
})

export const momoCompliance = role('momo_compliance', {
  login: true,
  settings: limits('60s', '2s', '30s'),
  comment: 'Reviews identity documents, places and lifts legal holds, asks for and approves retention. Sees no money.',
})

export const momoOnboarding = role('momo_onboarding', {
  login: true,
  settings: limits('30s', '2s', '30s'),
  comment: 'Takes in merchants and agrees fees, through functions of ops and with no table.',
})

export const momoRetention = role('momo_retention', { comment: 'Runs the retention functions of ops and nothing else.' })

/** Who sees the business of every merchant, masked. */
export const backOffice = [momoAuditor, momoSupport, momoAnalytics]

/** Who may ask on whose behalf a transaction runs. */
export const everyone = [momoApp, momoLedger, momoWorker, momoAuditWriter, momoCompliance, ...backOffice]

/** Who may insert somewhere, and so must be able to make an id. */
export const writers = [momoApp, momoLedger, momoWorker, momoAuditWriter, momoCompliance]

for (const owner of [momoOwner, momoLedger, momoAuditWriter]) {
  defaultPrivileges({ for: owner, on: 'functions', to: publicRole, privileges: [] })
  defaultPrivileges({ for: owner, on: 'types', to: publicRole, privileges: [] })
}
