import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { connect, DatabaseError, type Connection } from '../../../src/db/index.ts'
import { submit, wallet } from '../support/money.ts'
import type { Merchant } from '../support/world.ts'
import { stage } from './stage.ts'

/**
 * A session that begins a request of the merchant's owner, does `work`, and is killed by `kill`. Expects that balance and hold are what they
 * were, that nobody holds a lock, and that the key is as good as new. Out: nothing.
 */
export async function killed(merchant: Merchant, type: string, work: (c: Connection, key: string) => Promise<unknown>, kill = terminate): Promise<void> {
  const { world } = stage
  const key = randomUUID()
  const before = await wallet(world.admin, merchant)
  const victim = await connect(world.url)
  await victim.script('begin; set local role momo_api')
  await victim.query('select api.begin_request($1, $2, $3)', [merchant.staff.owner.user, merchant.id, merchant.staff.owner.device])
  await kill(victim, () => work(victim, key))
  await expect(victim.query('commit')).rejects.toBeInstanceOf(DatabaseError)
  await victim.close().catch(() => undefined)
  expect(await wallet(world.admin, merchant)).toEqual(before)
  expect(await world.admin.query('select from pg_locks where pid = $1', [victim.pid])).toEqual([])
  const again = await submit(world.admin, merchant.staff.owner, 'UGX', { idempotency_key: key, type })
  expect(again.replayed).toBe(false)
}

/** Kills it when the work is done and not committed. */
async function terminate(victim: Connection, work: () => Promise<unknown>): Promise<void> {
  await work()
  await stage.world.admin.query('select pg_terminate_backend($1, 5000)', [victim.pid])
}

/** Kills it within the work, at the moment in which it comes to write a table. */
export function terminateAt(table: string): typeof terminate {
  return async (victim, work) => {
    const { world } = stage
    const holder = await connect(world.url)
    try {
      await holder.script(`begin; lock table ${table} in share mode`)
      const working = work().catch((error: unknown) => error)
      for (let n = 0; ; n++) {
        const [row] = await world.admin.query<{ waits: boolean }>('select $2 = any (pg_blocking_pids($1)) as waits', [victim.pid, holder.pid])
        if (row!.waits) break
        expect(n, `it comes to ${table}`).toBeLessThan(500)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await world.admin.query('select pg_terminate_backend($1, 5000)', [victim.pid])
      expect(await working).toBeInstanceOf(DatabaseError)
    } finally {
      await holder.close()
    }
  }
}
