import { expect } from 'vitest'
import { submit } from '../../support/money.ts'
import { refusal } from '../../support/refusal.ts'
import { daysToTry, idsOn } from '../calendar.ts'
import { note } from '../report.ts'
import { changed, newMerchant, scenario, stage } from '../stage.ts'

const misplaced = `select t.id, t.tableoid::regclass::text as lies from app.transactions t
  where t.merchant_id = $1 and to_char(app.uuidv7_time(t.id) at time zone 'UTC', '_YYYY_MM') <> right(t.tableoid::regclass::text, 8)`

scenario('C12 ids of another time go to their month, or are refused', { small: 40, whole: 60 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  const at = async (time: string): Promise<string> => (await world.admin.query<{ id: string }>('select app.uuidv7_at($1) as id', [time]))[0]!.id
  const send = async (time: string): Promise<unknown> => submit(world.admin, merchant.staff.owner, 'UGX', { id: await at(time) })
  const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()
  const [minute, day] = [60_000, 86_400_000]
  const skewed = async (time: string): Promise<void> => {
    const no = await refusal(send(time))
    expect([time, no.code, no.constraint]).toEqual([time, 'MM422', 'clock_skew'])
  }

  for (const ms of [40 * day, -40 * day, 31 * day, -10 * minute]) await skewed(ago(ms))
  for (const ms of [29 * day, -4 * minute]) await send(ago(ms))

  // The same on days that are not today: the one clock that is asked is a setting, in this database and until the end of this.
  const months = await world.admin.query<{ month: string }>(
    `select right(inhrelid::regclass::text, 7) as month from pg_inherits where inhparent = 'app.transactions'::regclass order by 1`,
  )
  const days = daysToTry(months.map((m) => m.month.replace('_', '-')))
  const counts = { taken: 0, refused: 0, edges: 0 }
  await changed(world.admin, 'app.check_new_id', 'now()', `current_setting('test.now')::timestamptz`, async () => {
    for (const today of days) {
      await world.admin.query(`select set_config('test.now', $1, false)`, [today])
      const ids = idsOn(today)
      for (const time of ids.within) await send(time)
      for (const time of ids.outside) await skewed(time)
      counts.taken += ids.within.length
      counts.refused += ids.outside.length
      counts.edges += ids.edges
    }
  })
  expect(counts.edges).toBeGreaterThan(0)
  expect(await world.admin.query(misplaced, [merchant.id])).toEqual([])
  note(
    'C12',
    `ids of 40 and 31 days ago, of 10 minutes and 40 days ahead, of 29 days ago and 4 minutes ahead; and as if today were each of ${days.length} days (a 31st, 1 March, New Year and others, at their first and last millisecond): the ends of the window, and the last and the first millisecond of each month in it`,
    `MM422 clock_skew for what is outside (${counts.refused + 4}), the others in the partition of their month (${counts.taken + 2}, with ${counts.edges} turns of a month)`,
  )
})
