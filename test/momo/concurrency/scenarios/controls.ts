import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { call, collect, settle } from '../../support/money.ts'
import { asPerson, openWorld } from '../../support/world.ts'
import { invariantNames, wrong } from '../invariants.ts'
import { note } from '../report.ts'
import { scenario } from '../stage.ts'
import { tables, tamperings } from '../tampering.ts'
import { fundedAccounts, makeTransfer } from '../transfers.ts'

scenario('the invariants find what they are for', { small: 60, whole: 200 }, async () => {
  const world = await openWorld()
  await makeTransfer(world.admin)
  const merchant = world.kampala
  const original = await collect(world.admin, merchant, 1000)
  const args = { original_transaction_id: original, amount_minor: 300, reason: 'to be tampered with', idempotency_key: randomUUID() }
  const refund = await asPerson(world.admin, merchant.staff.owner, () => call<{ x_reference_id: string }>(world.admin, 'api.create_refund', args))
  await settle(world.admin, refund.x_reference_id, 'SUCCESSFUL')
  await fundedAccounts(world, 1, 500)
  expect(await wrong(world.admin)).toEqual([])

  const noticed = new Set<string>()
  const c = world.admin
  await c.script(`begin; ${tables.map((t) => `alter table ${t} disable trigger all`).join('; ')}`)
  for (const { what, notices, sql } of tamperings) {
    await c.script(`savepoint untouched; ${sql}`)
    const found = await wrong(c)
    for (const name of notices) expect(found.filter((f) => f.startsWith(name)).length, `${what}: ${name} of ${found.join(', ')}`).toBeGreaterThan(0)
    for (const f of found) noticed.add(f.slice(0, f.lastIndexOf(':')))
    await c.script('rollback to untouched')
  }
  expect(await wrong(c)).toEqual([])
  await world.close()
  // Each invariant has something that it was seen to notice.
  expect(invariantNames.filter((n) => !noticed.has(n))).toEqual([])
  note(
    'Controls',
    `a superuser who switches triggers off tampers in ${tamperings.length} ways`,
    'each is noticed by the invariants that it breaks, and each invariant notices something',
  )
})
