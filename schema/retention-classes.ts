/** How long a class of data is kept. The periods are engineering defaults, not legal advice: `basis` says what each rests on. */
export interface RetentionClass {
  readonly class: string
  readonly country: string | null
  readonly appliesTo: readonly string[]
  readonly retain: string
  readonly anchor: 'created' | 'completed' | 'relationship_end' | 'last_activity'
  readonly action: 'drop_partition' | 'archive_then_drop' | 'delete' | 'crypto_shred' | 'anonymise'
  readonly basis: string
}

const financial = [
  'app.transactions', 'app.ledger_entries', 'app.transaction_status_history', 'app.provider_references', 'app.refunds', 'app.settlements', 'app.payouts',
  'app.archived_rows',
] // prettier-ignore
const identity = ['app.users', 'app.merchants', 'app.merchant_members', 'app.kyc_documents']

/** Records of payments, and of whose they were. */
const records: readonly (readonly [country: string | null, retain: string, basis: string])[] = [
  [null, '10 years', 'FATF Recommendation 11, as published, asks for at least 5 years; 10 is the longest we know of. Text not verified'],
  ['UG', '10 years', 'Uganda, anti-money-laundering rules: 10 years after a secondary source. Text not verified'],
  ['KE', '7 years', 'Kenya, Proceeds of Crime and Anti-Money Laundering Act, s. 46: 7 years after a secondary source. Text not verified'],
  ['GH', '5 years', 'Ghana, Act 1044, s. 32(7): 5 years, then transfer or approval by PRAAD, after a press report. Text not verified'],
  ['RW', '10 years', 'Rwanda: the period of the regulation was not found; 10 years is the default. Text not verified'],
]

const need = (why: string) => `Operational need: ${why}. No law asks for it`

const operational = (name: string, table: string, retain: string, anchor: RetentionClass['anchor'], why: string): RetentionClass => ({
  class: `R4_${name}`,
  country: null,
  appliesTo: [table],
  retain,
  anchor,
  action: 'delete',
  basis: need(why),
})

export const retention: readonly RetentionClass[] = [
  ...records.map(([country, retain, basis]): RetentionClass => ({ class: 'R1', country, appliesTo: financial, retain, anchor: 'completed', action: 'archive_then_drop', basis })),
  ...records.map(([country, retain, basis]): RetentionClass => ({ class: 'R2', country, appliesTo: identity, retain, anchor: 'relationship_end', action: 'anonymise', basis })),
  {
    class: 'R3', country: null, appliesTo: ['audit.audit_log', 'audit.seals'], retain: '10 years', anchor: 'created', action: 'archive_then_drop',
    basis: 'Evidence for class R1, so kept as long as its longest period. No text of its own',
  }, // prettier-ignore
  operational('idempotency', 'app.idempotency_keys', '90 days', 'created', 'longer than any phone stays offline'),
  operational('tombstones', 'app.sync_tombstones', '180 days', 'created', 'longer than any phone stays silent before it pulls everything anew'),
  operational('cursors', 'app.sync_cursors', '400 days', 'last_activity', 'a device that is silent for longer pulls everything anew'),
  operational('conflicts', 'app.sync_conflicts', '1 year', 'created', 'people ask what became of their change'),
  operational('notifications', 'app.notifications', '180 days', 'created', 'nobody reads older ones'),
  operational('outbox', 'app.outbox_events', '30 days', 'completed', 'deliveries are looked into for that long'),
  {
    class: 'R5', country: null, appliesTo: ['app.customers'], retain: '24 months', anchor: 'last_activity', action: 'crypto_shred',
    basis: 'Data protection: not longer than needed, and on request; what class R1 must keep is excepted. Text differs by country, not verified',
  }, // prettier-ignore
]
