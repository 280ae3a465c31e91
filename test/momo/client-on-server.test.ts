import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blindIndex } from '../../momo/client/blind-index.ts'
import { FieldEncryption } from '../../momo/client/field-encryption.ts'
import { IdMaker, idTime, newId, newReferenceId } from '../../momo/client/ids.ts'
import { connect, type Connection } from '../../src/db/index.ts'
import { uuidv7Floor } from '../../src/index.ts'
import { applied, type Applied } from './applied.ts'
import { Keys } from './keys.ts'
import { randomOf } from './random.ts'

let database: Applied
let c: Connection
beforeAll(async () => {
  database = await applied()
  c = await connect(database.url)
})
afterAll(async () => {
  await c?.close()
  await database?.drop()
})

const bytea = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`
const one = async <T>(sql: string, values: readonly unknown[]): Promise<T> => Object.values((await c.query(`select ${sql}`, values))[0] as object)[0] as T

test('a user is stored, found by phone number and read again', async () => {
  const keys = new Keys()
  const fields = new FieldEncryption(keys.ring)
  const [keyId, pepper, id] = [await keys.make(), randomBytes(32), newId()]
  const where = { table: 'app.users', column: 'msisdn_enc', rowId: id, merchantId: null }
  const index = (msisdn: string): string => bytea(blindIndex(pepper, { table: 'app.users', column: 'msisdn_bidx' }, msisdn))
  await c.query('insert into app.users (id, auth_subject, msisdn_enc, msisdn_bidx, msisdn_last4) values ($1, $2, $3, $4, $5)', [
    id, 'sub', bytea(await fields.encrypt('+256772123456', where, keyId)), index('+256772123456'), '3456',
  ]) // prettier-ignore
  const [row] = await c.query<{ id: string; value: string }>("select id::text, encode(msisdn_enc, 'hex') as value from app.users where msisdn_bidx = $1", [index('+256772123456')])
  expect(row!.id).toBe(id)
  expect(await fields.decrypt(Buffer.from(row!.value, 'hex'), where)).toBe('+256772123456')
  expect(await c.query('select from app.users where msisdn_bidx = $1', [index('+256772123457')])).toEqual([])
})

test('the domains take everything the client makes, and refuse what is not laid out so', async () => {
  const keys = new Keys()
  const fields = new FieldEncryption(keys.ring)
  const keyId = await keys.make()
  for (const text of ['x', '+256772123456', 'é'.repeat(5000)]) {
    const value = await fields.encrypt(text, { table: 't', column: 'c', rowId: newId(), merchantId: null }, keyId)
    expect(await one('octet_length($1::app.ciphertext)', [bytea(value)])).toBe(45 + Buffer.byteLength(text))
    await expect(one('$1::app.ciphertext', [bytea(Buffer.concat([Buffer.of(2), value.subarray(1)]))])).rejects.toMatchObject({ code: '23514' })
    await expect(one('$1::app.ciphertext', [bytea(value.subarray(0, 45))])).rejects.toMatchObject({ code: '23514' })
  }
  for (const bytes of [16, 20, 32])
    expect(await one('octet_length($1::app.blind_index)', [bytea(blindIndex(randomBytes(32), { table: 't', column: 'c' }, 'x', bytes))])).toBe(bytes)
  for (const bytes of [15, 33]) await expect(one('$1::app.blind_index', [bytea(randomBytes(bytes))])).rejects.toMatchObject({ code: '23514' })
})

test('server and client agree on the time of an id, and its floor is not above it', async () => {
  const random = randomOf(3)
  const moments = Array.from({ length: 5000 }, () => Math.floor(random() * 8_589_934_592_000))
  const made = moments.map((ms) => new IdMaker({ now: () => ms }).next())
  const rows = await c.query<{ ms: number; above: boolean }>(
    'select (extract(epoch from app.uuidv7_time(id)) * 1000)::bigint as ms, id >= app.uuidv7_floor(app.uuidv7_time(id)) as above from unnest($1::uuid[]) with ordinality as u (id, n) order by n',
    [made],
  )
  expect(rows.map((r) => r.ms)).toEqual(made.map((id) => idTime(id).getTime()))
  expect(rows.map((r) => r.ms)).toEqual(moments)
  expect(rows.every((r) => r.above)).toBe(true)
  expect(made.every((id, n) => id > uuidv7Floor(new Date(moments[n]!)))).toBe(true)
})

test('client and server sort ids alike, and an id of the server is read by the client', async () => {
  const made = Array.from({ length: 2000 }, newId)
  const sorted = await c.query<{ id: string }>('select id::text from unnest($1::uuid[]) as u (id) order by id', [made.toReversed()])
  expect(sorted.map((r) => r.id)).toEqual(made)
  const [row] = await c.query<{ id: string; ms: number }>(
    'select id::text, (extract(epoch from app.uuidv7_time(id)) * 1000)::bigint as ms from (select app.uuidv7() as id offset 0) as made',
  )
  expect(idTime(row!.id).getTime()).toBe(row!.ms)
})

test("a key of the client passes the declaration's check of version 7, and a reference does not", async () => {
  const [row] = await c.query<{ body: string }>(
    "select pg_get_constraintdef(oid) as body from pg_constraint where conname = 'transactions_id_v7_check' and conrelid = 'app.transactions'::regclass",
  )
  const check = row!.body.replace(/^CHECK /, '')
  const passes = (id: string): Promise<boolean> => one(`${check} from (select $1::uuid as id) as made`, [id])
  expect(await passes(newId())).toBe(true)
  expect(await passes(newReferenceId())).toBe(false)
})
