import { expect } from 'vitest'
import { submit } from '../../support/money.ts'
import { asPerson, asRole } from '../../support/world.ts'
import { load, together, told, whole } from '../pool.ts'
import { note } from '../report.ts'
import { any, newMerchant, refusedWith, scenario, stage } from '../stage.ts'

scenario('C10 tenants stay apart on shared connections', { small: 30, whole: 60 }, async () => {
  const { world } = stage
  const tenants = await Promise.all(Array.from({ length: whole ? 50 : 8 }, () => newMerchant()))
  for (const t of tenants) await submit(world.admin, t.staff.owner, 'UGX')
  let foreign = 0
  let unasked = 0
  let own = 0
  const o = await together({
    url: world.url, workers: 5, seconds: load.short,
    job: async (c, random) => {
      const tenant = any(tenants, random)
      const rows = await asPerson(c, any(Object.values(tenant.staff), random), () =>
        c.query<{ m: string }>('select merchant_id as m from app.transactions union all select merchant_id from app.customers union all select merchant_id from app.devices'),
      )
      own += rows.length
      foreign += rows.filter((r) => r.m !== tenant.id).length
      unasked += (await asRole(c, 'momo_api', () => c.query('select from app.customers'))).length
    },
  }) // prettier-ignore
  refusedWith(o)
  expect({ foreign, unasked }).toEqual({ foreign: 0, unasked: 0 })
  expect(own).toBeGreaterThan(tenants.length)
  note('C10', `${tenants.length} merchants interleaved on 5 connections`, `${told(o)}: 0 foreign rows of ${own.toLocaleString('en')}, 0 without a request`)
})
