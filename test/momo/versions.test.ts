import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { done } from '../support/command.ts'
import { collect, submit } from './support/money.ts'
import { openWorld, type World } from './support/world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'momo-versions-'))

type Edit = { readonly file: string; readonly create: string } | { readonly file: string; readonly from: string; readonly to: string }

/** The declaration as each version has it: the one before, changed in a few places, as a developer would. */
const versions: readonly { readonly name: string; readonly edits: string }[] = [
  { name: '2: a channel, a renamed column, a narrower policy', edits: 'scripts/demo/version-2.json' },
  { name: '3: a table, a wider type, one more value, a column that must be filled', edits: 'test/momo/versions/3.json' },
  { name: '4: another index, storage, a function, a policy, checks', edits: 'test/momo/versions/4.json' },
]

let world: World
beforeAll(async () => {
  world = await openWorld()
  let before = join(root, 'schema')
  for (const [i, { edits }] of versions.entries()) {
    const folder = join(work, `v${i + 2}`)
    cpSync(before, folder, { recursive: true })
    for (const edit of JSON.parse(readFileSync(join(root, edits), 'utf8')) as Edit[]) change(folder, edit)
    before = folder
  }
  for (const merchant of [world.kampala, world.accra]) {
    for (let n = 1; n <= 5; n++) await collect(world.admin, merchant, 1000 * n)
    await submit(world.admin, merchant.staff.cashier, merchant.currency, { outlet_id: merchant.outlets[0] })
  }
}, 120_000)
afterAll(async () => {
  await world?.close()
  rmSync(work, { recursive: true, force: true })
})

function change(folder: string, edit: Edit): void {
  const file = join(folder, edit.file)
  if ('create' in edit) return writeFileSync(file, edit.create)
  const text = readFileSync(file, 'utf8')
  if (!text.includes(edit.from)) throw new Error(`${edit.file} does not hold ${edit.from}`)
  writeFileSync(
    file,
    text.replace(edit.from, () => edit.to),
  )
}

/** Every table's rows and a digest of the columns that all versions have under one name. The audit log grows with nothing here, so it is in it. */
async function digests(c: Connection): Promise<{ [table: string]: string }> {
  const tables = await c.query<{ name: string; columns: string }>(
    `select c.oid::regclass::text as name, string_agg(quote_ident(a.attname), ', ' order by a.attname) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace in ('app'::regnamespace, 'audit'::regnamespace, 'ops'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'tills' and a.attname not in ('channel', 'locale', 'language')
     group by c.oid order by 1`,
  )
  const out: { [table: string]: string } = {}
  for (const { name, columns } of tables) {
    const [row] = await c.query<{ n: string; digest: string | null }>(
      `select count(*)::text as n, md5(string_agg(t::text, ' ' order by t::text)) as digest from (select ${columns} from ${name}) t`,
    )
    out[name] = `${row!.n} ${row!.digest}`
  }
  return out
}

const schemaOf = (n: number): string[] => ['--config', join(root, 'schema.config.ts'), '--schema', n === 1 ? join(root, 'schema') : join(work, `v${n}`)]

test('three versions are planned, proved and applied on rows, and rolled back without losing one', async () => {
  const url = world.url
  await done('drift', '--url', url, ...schemaOf(1))
  const start = await digests(world.admin)
  expect(start['app.transactions']).toMatch(/^12 /)
  expect(start['app.ledger_entries']).toMatch(/^20 /)
  for (const [i] of versions.entries()) {
    const n = i + 2
    const plan = join(work, `plan-${n}`)
    const { out } = await done('plan', '--url', url, '--out', plan, ...schemaOf(n))
    expect(out).toMatch(/· lossless\n/)
    expect(out).toContain('proved both ways')
    await done('apply', plan, '--url', url, '--yes', ...schemaOf(n))
    await done('drift', '--url', url, ...schemaOf(n))
    expect(await digests(world.admin)).toEqual(start)
  }
  await world.admin.query(`insert into app.tills (merchant_id, outlet_id, name) values ($1, $2, 'One')`, [world.kampala.id, world.kampala.outlets[0]])
  await world.admin.query('delete from app.tills')
  const last = await digests(world.admin)
  for (const n of [4, 3, 2]) {
    await done('rollback', join(work, `plan-${n}`), '--url', url, '--yes')
    await done('drift', '--url', url, ...schemaOf(n - 1))
    expect(await digests(world.admin)).toEqual(last)
  }
}, 300_000)
