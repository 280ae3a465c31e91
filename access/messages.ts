import { access, rows, sqlText } from 'pgintent'
import { notifications } from '../schema/messages/notifications.ts'
import { outboxEvents } from '../schema/messages/outbox-events.ts'
import { webhookEndpoints } from '../schema/messages/webhook-endpoints.ts'
import { closed, ledger, members, neighbour, nobody, owner, worker } from './actors.ts'
import { operated } from './lib/usual.ts'
import { ownerA, ownerB, secret, shopA, shopB } from './world.ts'

for (const { shop, who, n } of [
  { shop: shopA, who: ownerA, n: 0xa0 },
  { shop: shopB, who: ownerB, n: 0xb0 },
]) {
  const merchant_id = shop.merchant
  rows(who.self[1], notifications, [{ merchant_id, user_id: who.user, kind: 'payout', template: 'payout.sent' }])
  rows(shop.news, notifications, [{ merchant_id, kind: 'settlement', template: 'settlement.closed' }])
  rows(shop.rows, outboxEvents, [{ merchant_id, topic: 'settlement.closed', row_id: merchant_id, payload: {} }])
  rows(who.self[1], webhookEndpoints, [
    { merchant_id, url: `https://${n}.example/hook`, secret_enc: secret(n), topics: sqlText(`ARRAY['settlement.closed']`) as never, created_by: who.user },
  ])
}

access(notifications, [
  [members, { select: 'news', update: 'nothing' }],
  [[owner, neighbour], { select: ['news', 'self'], update: 'self' }],
  [closed, { select: 'nothing', update: 'nothing' }],
  [nobody, { select: 'nothing', update: 'nothing' }],
  [worker, { select: 'all', insert: 'all' }],
  [ledger, { insert: 'all' }],
  ...operated,
])
access(outboxEvents, [[worker, { select: 'all', update: 'all' }], [ledger, { insert: 'all' }], ...operated])
access(webhookEndpoints, [
  [[...members, nobody], { select: 'nothing', insert: 'nothing', update: 'nothing' }],
  [[owner, neighbour], { select: 'own', insert: 'self', update: 'own' }],
  [worker, { select: 'all', update: 'all' }],
  ...operated,
])
