import { expect, test } from 'vitest'
import type { Connection } from '../../../src/db/index.ts'
import { addMerchant, type Merchant, type World } from '../support/world.ts'
import { whole, type Outcome } from './pool.ts'

/** The database that all scenarios of a run share; concurrency.test.ts opens it before the first. */
export const stage: { world: World } = { world: undefined as unknown as World }

/** Names of scenarios: those there are, those that ran to their end, and those that failed. */
export const registered: string[] = []
export const ran: string[] = []
export const failed: string[] = []

/** Seconds that a scenario may take, in the suite and whole: it fails after that. */
export interface Bound {
  readonly small: number
  readonly whole: number
}

export function scenario(name: string, bound: Bound, run: () => Promise<void>): void {
  registered.push(name)
  test(name, { timeout: (whole ? bound.whole : bound.small) * 1000 }, run)
}

let merchants = 0

export const newMerchant = (): Promise<Merchant> =>
  addMerchant(stage.world.admin, {
    name: `Concurrent ${++merchants}`,
    country: 'UG',
    currency: 'UGX',
    timezone: 'Africa/Kampala',
    code: `9${String(merchants).padStart(5, '0')}`,
  })

/** Only what is expected was refused; a deadlock never is. */
export function refusedWith(o: Outcome, ...expected: readonly string[]): void {
  expect([...o.errors.keys()].filter((code) => !expected.includes(code))).toEqual([])
}

export const any = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!

/** Runs with a function's text changed, as a superuser, and gives it back. Throws when `find` is not in it. */
export async function changed<T>(admin: Connection, name: string, find: string, put: string, use: () => Promise<T>): Promise<T> {
  const [f] = await admin.query<{ text: string }>(`select pg_get_functiondef(p.oid) as text from pg_proc p where p.oid::regproc::text = $1`, [name])
  expect(f!.text).toContain(find)
  await admin.script(f!.text.replaceAll(find, put))
  try {
    return await use()
  } finally {
    await admin.script(f!.text)
  }
}
