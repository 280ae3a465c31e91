import { and, sql, table, text, timestamptz, uuid } from 'pgintent'
import { can, theMerchant, theUser } from '../context.ts'
import { base, encrypted, mutable } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner, tenantReads, tenantWrites } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { users } from '../people/users.ts'
import { momoApp, momoWorker } from '../roles.ts'
import { endpointStatus, webhookTopics } from '../values.ts'

export const webhookEndpoints = table(app, 'webhook_endpoints', {
  classification: 'internal',
  retention: 'in use',
  comment: "Where a merchant's own systems want to be told what happened.",
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    url: text().notNull().comment('https only'),
    secret_enc: encrypted('the key that deliveries are signed with').notNull(),
    topics: text().array().notNull().comment('What it wants to hear of'),
    status: endpointStatus().notNull().default('active').comment('A failing one is tried less and less, then paused'),
    failing_since: timestamptz().comment('Since when it has not answered'),
    created_by: uuid().notNull().comment('Who added it'),
    deleted_at: timestamptz().comment('When it was taken away'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: { webhook_endpoints_url_key: { comment: 'Serves: an address is told once', on: ['merchant_id', 'url'], where: (c) => sql`${c.deleted_at} is null` } },
  checks: {
    webhook_endpoints_id_v7_check: (c) => isV7(c.id),
    webhook_endpoints_url_check: (c) => sql`${c.url} ~ '^https://[^/@[:space:]]+(/[^[:space:]]*)?$' and length(${c.url}) <= 500`,
    webhook_endpoints_topics_check: (c) => sql`cardinality(${c.topics}) > 0 and ${c.topics} <@ ARRAY[${[...webhookTopics]}]`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['created_by'], references: users },
  ],
  indexes: {
    webhook_endpoints_merchant: { on: ['merchant_id', 'id'], comment: 'Serves the list, and the dispatcher with every event' },
    webhook_endpoints_creator: { on: ['created_by'], comment: 'Serves: what did this person leave behind, and the foreign key' },
  },
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(can('webhook.manage')),
      add: { for: 'insert', to: momoApp, check: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.created_by} = ${theUser}`, can('webhook.manage')) },
      change: tenantWrites('webhook.manage').update,
      worker: allRows(momoWorker),
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: momoApp, privileges: ['insert'], columns: ['id', 'merchant_id', 'url', 'secret_enc', 'topics', 'created_by'] },
    { to: momoApp, privileges: ['update'], columns: ['url', 'secret_enc', 'topics', 'status', 'deleted_at'] },
    // The worker signs, so it alone reads the secret.
    { to: momoWorker, privileges: ['select'] },
    { to: momoWorker, privileges: ['update'], columns: ['status', 'failing_since'] },
  ],
})
guard(webhookEndpoints, { audit: 'full', freeText: ['url'] })
readable(webhookEndpoints, [momoApp])
