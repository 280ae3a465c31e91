import { actor, rows, rowSet, seed, sql } from 'pgintent'
import { boss, clerk, notes, sales, tenants, web } from '../schema/shop.ts'

export const a = '11111111-1111-4111-8111-111111111111'
export const b = '22222222-2222-4222-8222-222222222222'
export const A = rowSet('A')
export const B = rowSet('B')

// Rows before what they refer to: foreign keys tell the order.
rows(A, notes, [{ tenant: a, body: "ann's" }])
rows(rowSet('old', A), notes, [{ tenant: a, body: 'same' }])
rows(B, notes, [{ tenant: b, body: 'same', secret_enc: sql`upper('s')` }])
rows(A, tenants, [{ id: a, name: 'A' }])
rows(B, tenants, [{ id: b, name: 'B' }])
rows(A, sales, [{ day: '2024-05-01', tenant: a, amount: 1n }])
seed(B, sql`insert into ${sales} values ('2026-05-01', ${b}, 2)`)

export const ann = actor('ann', { role: web, context: sql`select set_config('shop.tenant', ${a}, true)`, sets: { own: A } })
export const nobody = actor('nobody', { role: web })
export const chief = actor('chief', { role: boss })
export const scribe = actor('scribe', { role: clerk })
export const stranger = actor('stranger', { role: clerk, login: boss })
