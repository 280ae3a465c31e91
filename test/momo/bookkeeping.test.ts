import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { refusal } from './support/refusal.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'

let world: World
let admin: Connection
beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
})
afterAll(() => world?.close())

/** What services may give with an INSERT: `table.column`. */
const given = async (columns: readonly string[]) => {
  const rows = await admin.query<{ name: string }>(
    `select distinct a.attrelid::regclass || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid, unnest(array['momo_api', 'momo_sync']) role
     where c.relkind in ('r', 'p') and c.relnamespace = 'app'::regnamespace and a.attname = any ($1) and has_column_privilege(role, c.oid, a.attname, 'INSERT') order by 1`,
    [columns],
  )
  return rows.map((r) => r.name)
}

test('no service writes when a row was made, how often it changed, or what sync goes by', async () => {
  expect(await given(['created_at', 'updated_at', 'row_version', 'sync_xid', 'deleted_at', 'erased_at', 'revoked_at', 'last_push_seq'])).toEqual([])
  const { cashier } = world.kampala.staff
  for (const [column, value] of Object.entries({ sync_xid: '1', created_at: '1999-01-01', row_version: 99, updated_at: '1999-01-01' }))
    expect(
      await refusal(asPerson(admin, cashier, (c) => c.query(`insert into app.customers (merchant_id, ${column}) values ($1, $2)`, [cashier.merchant, value]))),
      column,
    ).toMatchObject({ code: '42501' })
})

test('what sync goes by is the transaction that wrote the row, whoever says otherwise', async () => {
  const id = uuidv7()
  await asRole(admin, 'momo_owner', (c) => c.query(`insert into app.customers (id, merchant_id, sync_xid) values ($1, $2, '1')`, [id, world.kampala.id]))
  expect(await admin.query('select sync_xid = xmin::text::xid8 as mine from app.customers where id = $1', [id])).toEqual([{ mine: true }])
})

test('an id that a service may give is of version 7, in every table', async () => {
  const tables = await given(['id'])
  expect(tables.length).toBeGreaterThan(5)
  for (const table of [...tables.map((t) => t.replace(/\.id$/, '')), 'app.transactions', 'app.refunds'])
    expect(
      await admin.query(
        `select from pg_constraint where conrelid = $1::regclass and contype = 'c' and convalidated and pg_get_constraintdef(oid) like '%uuid_send(id), 6) >> 4) = 7%'`,
        [table],
      ),
      table,
    ).toHaveLength(1)
  const { owner } = world.kampala.staff
  const add = (id: string) => asPerson(admin, owner, (c) => c.query(`insert into app.outlets (id, merchant_id, name, code) values ($1, $2, 'Stall', 'S')`, [id, owner.merchant]))
  expect(await refusal(add(randomUUID()))).toMatchObject({ code: '23514', constraint: 'outlets_id_v7_check' })
  await add(uuidv7())
})
