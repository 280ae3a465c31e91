import { expect } from 'vitest'
import { connect, DatabaseError, type Connection } from '../../../../src/db/index.ts'
import { settle, submit } from '../../support/money.ts'
import { asRole } from '../../support/world.ts'
import { percentile, together, told, whole } from '../pool.ts'
import { note } from '../report.ts'
import { any, newMerchant, refusedWith, scenario, stage } from '../stage.ts'
import { fundedAccounts, transfer } from '../transfers.ts'

/**
 * Milliseconds that 99 of 100 payments may take in this run, those in which DDL happens and those before: 500, or twice what they take without
 * it where the machine is too busy for that. The suite runs beside other test files, and sees few payments.
 */
const boundOf = (quiet: number): number => Math.max(whole ? 500 : 3_000, 2 * quiet)

scenario('C11 partitions and indexes are made while money moves', { small: 60, whole: 90 }, async () => {
  const { world } = stage
  const accounts = await fundedAccounts(world, 50, 1000)
  const merchants = await Promise.all(Array.from({ length: 8 }, () => newMerchant()))
  let paid = 0
  const times = { warm: [] as number[], quiet: [] as number[], busy: [] as number[] }
  // What sessions do first is slower than what comes then.
  let phase: keyof typeof times = 'warm'
  const timed = async <T>(c: Promise<T>): Promise<T> => {
    const began = performance.now()
    const result = await c
    times[phase].push(performance.now() - began)
    paid++
    return result
  }
  let stopped = false
  const pay = async (c: Connection, random: () => number): Promise<void> => {
    if (random() < 0.5) return void (await timed(transfer(c, any(accounts, random), any(accounts, random), 1)))
    const sent = await timed(submit(c, any(merchants, random).staff.owner, 'UGX'))
    await timed(settle(c, sent.x_reference_id, 'SUCCESSFUL'))
  }
  const moving = together({ url: world.url, seconds: whole ? 60 : 40, enough: () => stopped, job: pay })
  moving.catch(() => undefined)
  const admin = await connect(world.url)
  const ddl: string[] = []
  const meanwhile = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    await payments(20)
    const [began, before] = [performance.now(), paid]
    await run()
    ddl.push(`${what} ${Math.round(performance.now() - began)} ms, ${paid - before} payments meanwhile`)
  }
  /** Waits for as many more: the load goes on. */
  const payments = async (more: number): Promise<void> => {
    const until = paid + more
    for (const end = performance.now() + 15_000; paid < until; await pause(10)) expect(performance.now(), 'money moves').toBeLessThan(end)
  }
  const during = async (ms: number): Promise<void> => {
    for (const end = performance.now() + ms; performance.now() < end;) await payments(5)
  }
  let tries = 0
  try {
    await during(whole ? 3_000 : 300)
    phase = 'quiet'
    await during(whole ? 8_000 : 500)
    phase = 'busy'
    await meanwhile('ops.ensure_partitions()', async () => {
      for (; ; await pause(20 + Math.random() * 100)) {
        tries++
        const answer = await asRole(admin, 'momo_worker', (c) => c.query('select ops.ensure_partitions(6) as made')).catch((error: unknown) => error)
        // Three months of each table by month.
        if (Array.isArray(answer)) return expect(answer.length).toBe(3 * 5)
        expect(answer).toBeInstanceOf(DatabaseError)
        expect((answer as DatabaseError).code).toBe('55P03')
        expect(tries).toBeLessThan(50)
      }
    })
    const [oldest] = await admin.query<{ name: string }>(
      `select min(inhrelid::regclass::text) as name from pg_inherits where inhparent = 'app.transaction_status_history'::regclass`,
    )
    await meanwhile('DETACH … CONCURRENTLY', () => admin.query(`alter table app.transaction_status_history detach partition ${oldest!.name} concurrently`))
    expect(await admin.query('select from pg_inherits where inhrelid = $1::regclass', [oldest!.name])).toEqual([])
    const [busiest] = await admin.query<{ name: string }>(`select tableoid::regclass::text as name from app.transactions order by id desc limit 1`)
    await meanwhile('CREATE INDEX CONCURRENTLY', () => admin.query(`create index concurrently c11 on ${busiest!.name} (merchant_id, created_at)`))
    expect(await admin.query(`select indisvalid as valid from pg_index where indexrelid = 'app.c11'::regclass`)).toEqual([{ valid: true }])
    await meanwhile('DROP INDEX CONCURRENTLY', () => admin.query('drop index concurrently app.c11'))
    // It was finished while the load ran.
    await payments(20)
    if (whole) await during(5_000)
  } finally {
    stopped = true
    await admin.close()
    await moving.catch(() => undefined)
  }
  const o = await moving
  refusedWith(o, 'MM402')
  const [before, p99] = [p99Of(times.quiet), p99Of([...times.quiet, ...times.busy])]
  expect(p99).toBeLessThan(boundOf(before))
  note(
    'C11',
    'payments and transfers, and meanwhile partitions of all five tables by month made ahead, one detached, an index built on the busiest partition and dropped',
    `${told(o)}; ${ddl.join('; ')}; the first one was called ${tries} times. p99 of a payment ${Math.round(before)} ms before, ${Math.round(p99)} ms with all this (bound ${Math.round(boundOf(before))} ms), ${Math.round(p99Of(times.busy))} ms while it happened`,
  )
})

const p99Of = (list: readonly number[]): number => percentile([...list].sort((a, b) => a - b), 0.99) // prettier-ignore
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
