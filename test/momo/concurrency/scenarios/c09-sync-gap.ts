import { expect } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { connect, type Connection } from '../../../../src/db/index.ts'
import { call } from '../../support/money.ts'
import { asPerson, asRole, type Person } from '../../support/world.ts'
import { together, whole } from '../pool.ts'
import { note } from '../report.ts'
import { newMerchant, scenario, stage } from '../stage.ts'

interface Page {
  readonly rows: { readonly id: string }[]
  readonly next: { readonly epoch: string; readonly xid: string; readonly id: string | null }
  readonly more: boolean
}

/** Pulls customers both ways until `writing` has ended and two more rounds: by the cursor of sync_pull, and by updated_at. */
async function pull(puller: Connection, person: Person, writing: () => boolean, seen: Set<string>, clock: Set<string>): Promise<void> {
  let next: Page['next'] | null = null
  let since = new Date(0).toISOString()
  for (let rest = 1; rest >= 0; writing() || rest--) {
    const cursor = { stream: 'customers', epoch: next?.epoch ?? null, last_xid: next?.xid ?? null, last_id: next?.id ?? null, page: 50 }
    const page: Page = await asPerson(puller, person, () => call<Page>(puller, 'api.sync_pull', cursor), 'momo_sync')
    for (const row of page.rows) seen.add(row.id)
    next = page.next
    if (page.more) rest = 1
    const rows = await asPerson(puller, person, () =>
      puller.query<{ id: string; at: string }>('select id, updated_at::text as at from app.customers where updated_at > $1 order by updated_at', [since]),
    )
    for (const row of rows) clock.add(row.id)
    since = rows.at(-1)?.at ?? since
  }
}

scenario('C9 sync loses nothing that commits late, and a cursor over updated_at does', { small: 30, whole: 40 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  const written: string[] = []
  const [seen, clock] = [new Set<string>(), new Set<string>()]
  let writing = true
  const puller = await connect(world.url)
  const pulling = pull(puller, merchant.staff.owner, () => writing, seen, clock)
  await together({
    url: world.url, workers: 6, seconds: whole ? 6 : 1,
    job: async (c, random) => {
      const id = uuidv7()
      await asRole(c, 'momo_owner', async () => {
        await c.query('insert into app.customers (id, merchant_id) values ($1, $2)', [id, merchant.id])
        await c.query('select pg_sleep($1)', [random() / 20])
      })
      written.push(id)
    },
  }) // prettier-ignore
  writing = false
  await pulling
  await puller.close()
  const lost = (by: Set<string>): number => written.filter((id) => !by.has(id)).length
  expect(lost(seen)).toBe(0)
  expect(lost(clock)).toBeGreaterThan(0)
  note('C9', `${written.length} rows written by 6 sessions that commit late, while a phone pulls`, 'none lost')
  note('C9 control', 'the same pulled by updated_at: must lose rows', `${lost(clock)} lost`)
})
