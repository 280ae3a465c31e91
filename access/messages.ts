import { access, rows, sqlText } from 'pgintent'
import { notifications } from '../schema/messages/notifications.ts'
import { outboxEvents } from '../schema/messages/outbox-events.ts'
import { webhookEndpoints } from '../schema/messages/webhook-endpoints.ts'
import { ledger, members, nobody, owners, shut, worker } from './actors.ts'
import { operated } from './lib/usual.ts'
import { ownerA, ownerB, ownerC, partnerA, partnerB, secret, shopA, shopB, shopC, viewerA } from './world.ts'

for (const shop of [shopA, shopB, shopC]) {
  const merchant_id = shop.merchant
  rows(shop.news, notifications, [{ merchant_id, kind: 'settlement', template: 'settlement.closed' }])
  rows(shop.rows, outboxEvents, [{ merchant_id, topic: 'settlement.closed', row_id: merchant_id, payload: {} }])
}
// Of several people of one merchant, and of somebody who may have no endpoints.
for (const [i, { shop, user, self }] of [ownerA, partnerA, viewerA, ownerB, partnerB, ownerC].entries()) {
  const merchant_id = shop.merchant
  rows(self[1], notifications, [{ merchant_id, user_id: user, kind: 'payout', template: 'payout.sent' }])
  rows(self[1], webhookEndpoints, [
    { merchant_id, url: `https://${i}.example/hook`, secret_enc: secret(i), topics: sqlText(`ARRAY['settlement.closed']`) as never, created_by: user },
  ])
}

access(notifications, [
  [members, { select: ['news', 'self'], update: 'self' }],
  [shut, { select: ['news', 'self'], update: 'nothing' }],
  [nobody, { select: 'nothing', update: 'nothing' }],
  [worker, { select: 'all', insert: 'all' }],
  [ledger, { insert: 'all' }],
  ...operated,
])
access(outboxEvents, [[worker, { select: 'all', update: 'all' }], [ledger, { insert: 'all' }], ...operated])
access(webhookEndpoints, [
  [[...members, nobody], { select: 'nothing', insert: 'nothing', update: 'nothing' }],
  [owners, { select: 'own', insert: 'self', update: 'own' }],
  [shut, { select: 'own', insert: 'nothing', update: 'nothing' }],
  [worker, { select: 'all', update: 'all' }],
  ...operated,
])
