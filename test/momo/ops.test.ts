import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { schema } from '../support/command.ts'
import { declared, withEnv } from './support/declaration.ts'
import { collect, submit } from './support/money.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'

let world: World
let admin: Connection
beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
})
afterAll(() => world?.close())

const merchants = (c: Connection) => c.query<{ id: string }>('select id from app.merchants')

describe('who is asking', () => {
  test('is signed: settings that another statement wrote are nobody’s', async () => {
    const { kampala, accra } = world
    await asPerson(admin, kampala.staff.cashier, async (c) => {
      expect(await merchants(c)).toEqual([{ id: kampala.id }])
      await c.script('savepoint s')
      for (const [name, value] of [
        ['app.merchant_id', accra.id],
        ['app.outlet_id', ''],
        ['app.device_id', accra.staff.owner.device],
        ['app.user_id', kampala.staff.owner.user],
        ['app.request_id', randomUUID()],
        ['app.ctx_sig', 'x'],
        ['app.ctx_sig', ''],
      ] as const) {
        await c.query('select set_config($1, $2, true)', [name, value])
        expect(await merchants(c), name).toEqual([])
        await c.script('rollback to savepoint s')
        expect(await merchants(c)).toEqual([{ id: kampala.id }])
      }
    })
  })

  test('cannot be taken from another transaction', async () => {
    const settings = ['app.user_id', 'app.merchant_id', 'app.device_id', 'app.outlet_id', 'app.request_id', 'app.ctx_sig']
    const [kept] = await asPerson(admin, world.accra.staff.owner, (c) =>
      c.query<Record<string, string>>(`select ${settings.map((s) => `current_setting('${s}') as "${s}"`).join(', ')}`),
    )
    await asRole(admin, 'momo_api', async (c) => {
      for (const [name, value] of Object.entries(kept!)) await c.query('select set_config($1, $2, true)', [name, value])
      expect(await merchants(c)).toEqual([])
    })
  })

  test('does not change in a transaction', async () => {
    const { owner, cashier } = world.kampala.staff
    await asPerson(admin, owner, (c) => c.query('select api.begin_request($1, $2, $3)', [owner.user, owner.merchant, owner.device]))
    for (const other of [cashier, world.accra.staff.owner, { ...owner, device: null }])
      await expect(asPerson(admin, owner, (c) => c.query('select api.begin_request($1, $2, $3)', [other.user, other.merchant, other.device]))).rejects.toMatchObject({
        code: '42501',
      })
  })

  test('does not change when the settings are cleared, in one statement or several', async () => {
    const { cashier, owner } = world.kampala.staff
    const clear = `select set_config(name, '', true) from unnest(array['app.ctx_sig', 'app.user_id', 'app.merchant_id', 'app.device_id']) name`
    await expect(
      asPerson(admin, cashier, async (c) => {
        await c.query(clear)
        await c.query('select api.begin_request($1, $2)', [owner.user, owner.merchant])
      }),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(
      asPerson(admin, cashier, (c) => c.query(`with x as materialized (${clear}) select api.begin_request($1, $2) from (select count(*) from x) y`, [owner.user, owner.merchant])),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(asPerson(admin, cashier, (c) => c.query(`select query_to_xml('close momo_request', true, true, '')`))).rejects.toThrow()
  })

  test('is signed with what no role may read or make', async () => {
    for (const role of ['momo_api', 'momo_ledger', 'momo_worker', 'momo_auditor', 'momo_audit_writer', 'momo_compliance']) {
      await expect(
        asRole(admin, role, (c) => c.query('select key from ops.context_keys')),
        role,
      ).rejects.toMatchObject({ code: '42501' })
      await expect(
        asRole(admin, role, (c) => c.query('select app.context_signature()')),
        role,
      ).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('is NULL without a request, for workers and the ledger too', async () => {
    for (const role of ['momo_api', 'momo_ledger', 'momo_worker'])
      expect(
        await asRole(admin, role, (c) => c.query('select app.current_merchant_id() m, app.current_user_id() u, app.current_device_id() d, app.current_outlet_id() o')),
      ).toEqual([{ m: null, u: null, d: null, o: null }])
  })

  test('ends with a new key', async () => {
    await asRole(admin, 'momo_migrator', (c) => c.query('select ops.rotate_context_key()'))
    expect(await asPerson(admin, world.kampala.staff.owner, merchants)).toEqual([{ id: world.kampala.id }])
  })
})

describe('partitions', () => {
  test('that the database makes are those that the declaration makes', async () => {
    const worker = (c: Connection) => c.query<{ made: string }>('select ops.ensure_partitions(6) as made')
    const made = await asRole(admin, 'momo_worker', worker)
    expect(made).toHaveLength(15)
    expect(await asRole(admin, 'momo_worker', worker)).toEqual([])
    const now = new Date()
    const later = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 3, 15)).toISOString().slice(0, 10)
    await withEnv({ PGINTENT_TODAY: later }, async () => {
      const drift = await schema('drift', '--url', world.url, ...declared)
      expect(drift.out + drift.err).toMatch(/no drift/)
    })
    const owners = await admin.query(
      `select distinct pg_get_userbyid(c.relowner)::text as owner from pg_class c join pg_inherits i on i.inhrelid = c.oid where i.inhparent = 'app.transactions'::regclass`,
    )
    expect(owners).toEqual([{ owner: 'momo_owner' }])
  })

  test('are not made over a table that is in the way, nor by everybody', async () => {
    const [far] = await admin.query<{ name: string }>(`select 'app.ledger_entries_' || to_char(now() + interval '13 months', 'YYYY_MM') as name`)
    await expect(
      asRole(admin, 'momo_worker', async (c) => {
        await c.script(`set local role none; create table ${far!.name} (id uuid); set local role momo_worker`)
        await c.query('select ops.ensure_partitions(24)')
      }),
    ).rejects.toThrow(`${far!.name} is there but is no partition of app.ledger_entries`)
    await expect(asRole(admin, 'momo_worker', (c) => c.query('select ops.ensure_partitions(100)'))).rejects.toMatchObject({ code: 'MM422' })
    await expect(asRole(admin, 'momo_api', (c) => c.query('select ops.ensure_partitions()'))).rejects.toMatchObject({ code: '42501' })
  })

  test('running out is an alarm', async () => {
    const health = () =>
      asRole(admin, 'momo_worker', (c) => c.query<{ table_name: string; days_ahead: number; alarm: boolean }>('select * from api.v_partition_health order by 1, 2'))
    expect((await health()).map((r) => [r.table_name, r.alarm])).toEqual(
      ['archived_rows', 'ledger_entries', 'transaction_status_history', 'transactions', 'audit_log'].map((t) => [t, false]),
    )
    await admin.script('begin; create table app.never (like app.transactions); alter table app.never enable row level security')
    const [part] = await admin.query<{ name: string }>(`select max(inhrelid::regclass::text) as name from pg_inherits where inhparent = 'app.transactions'::regclass`)
    await admin.script(`alter table ${part!.name} no force row level security`)
    expect((await admin.query<{ alarm: boolean }>(`select alarm from api.v_partition_health where table_name = 'transactions'`))[0]!.alarm).toBe(true)
    expect((await admin.query<{ table_name: string }>('select table_name from api.v_rls_coverage where not ok order by 1')).map((r) => r.table_name)).toEqual(
      ['never', part!.name.replace('app.', '')].sort(),
    )
    await admin.query('rollback')
  })
})

test('every table is covered', async () => {
  const rows = await asRole(admin, 'momo_auditor', (c) => c.query<{ ok: boolean; is_partition: boolean }>('select * from api.v_rls_coverage'))
  expect(rows.filter((r) => !r.ok)).toEqual([])
  expect(rows.filter((r) => r.is_partition).length).toBeGreaterThan(40)
  expect(rows.filter((r) => !r.is_partition).length).toBeGreaterThan(30)
})

test('whatever the services write of a merchant, a closed one is not written to', async () => {
  const open = await admin.query<{ name: string; missing: boolean }>(
    `select c.oid::regclass || ' ' || w.word as name, not exists (
       select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = w.cmd and pg_get_expr(p.polwithcheck, c.oid) ~ 'merchant_is_open') as missing
     from pg_class c, (values ('insert', 'a'::"char"), ('update', 'w')) w(word, cmd)
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'app'::regnamespace
       and (c.relname = 'merchants' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'merchant_id'))
       and exists (select from unnest(array['momo_app', 'momo_api', 'momo_sync']) r where has_any_column_privilege(r, c.oid, w.word))`,
  )
  expect(open.filter((o) => o.missing)).toEqual([])
  expect(open.length).toBeGreaterThan(15)
})

describe('keys of the API', () => {
  const hash = (key: string) => createHash('sha256').update(key).digest()
  const authenticate = (prefix: string, key: string) => asRole(admin, 'momo_api', (c) => c.query('select * from api.authenticate_key($1, $2)', [prefix, hash(key)]))
  const owner = () => world.kampala.staff.owner

  beforeAll(async () => {
    const add = (prefix: string, more: string) =>
      admin.query(
        `insert into app.api_keys (merchant_id, name, key_prefix, key_hash, scopes, created_by, expires_at, revoked_at) values ($1, $2, $2, $3, '{transaction.create}', $4, ${more})`,
        [owner().merchant, prefix, hash(`secret of ${prefix}`), owner().user],
      )
    await add('goodgood', 'null, null')
    await add('expired_', `now() - interval '1 second', null`)
    await add('revoked_', 'null, now()')
  })

  test('open for who has the whole key', async () => {
    expect(await authenticate('goodgood', 'secret of goodgood')).toMatchObject([{ merchant_id: owner().merchant, user_id: owner().user, scopes: ['transaction.create'] }])
    const used = () => admin.query<{ at: string; row_version: string }>(`select last_used_at::text as at, row_version::text from app.api_keys where key_prefix = 'goodgood'`)
    const first = await used()
    await authenticate('goodgood', 'secret of goodgood')
    expect(await used()).toEqual(first)
    await admin.query(`update app.api_keys set last_used_at = now() - interval '61 minutes' where key_prefix = 'goodgood'`)
    await authenticate('goodgood', 'secret of goodgood')
    expect((await used())[0]!.at > first[0]!.at).toBe(true)
  })

  test.each([
    ['goodgood', 'another'],
    ['nobodys_', 'secret of nobodys_'],
    ['nobodys_', 'nobody'],
    ['expired_', 'secret of expired_'],
    ['revoked_', 'secret of revoked_'],
  ])('do not open: %s with "%s"', async (prefix, key) => {
    expect(await authenticate(prefix, key)).toEqual([])
  })

  test('are read by nobody', async () => {
    await expect(asPerson(admin, owner(), (c) => c.query('select key_hash from app.api_keys'))).rejects.toMatchObject({ code: '42501' })
    expect(await asRole(admin, 'momo_api', (c) => c.query('select * from api.authenticate_key(null, null)'))).toEqual([])
  })
})

describe('encryption', () => {
  const keyId = randomUUID()
  const retiring = randomUUID()
  const ciphertext = (key: string) => Buffer.concat([Buffer.from([1]), Buffer.from(key.replaceAll('-', ''), 'hex'), randomBytes(12 + 8 + 16)])
  const exports = () =>
    admin.query<{ table_name: string; row_id: string; actor_user_id: string }>(
      `select table_name, row_id, actor_user_id from audit.audit_log where op = 'READ_EXPORT' order by id desc limit 1`,
    )

  beforeAll(async () => {
    const add = (id: string, merchant: string | null, purpose: string, generation: number, status: string, customer: string | null = null) =>
      admin.query(
        `insert into app.encryption_keys (id, merchant_id, subject_customer_id, purpose, kek_ref, wrapped_dek, generation, status) values ($1, $2, $3, $4, 'kek', '\\x01', $5, $6)`,
        [id, merchant, customer, purpose, generation, status],
      )
    const { kampala, accra } = world
    await add(retiring, kampala.id, 'pii', 1, 'retiring')
    await add(keyId, kampala.id, 'pii', 2, 'active')
    await add(randomUUID(), accra.id, 'pii', 1, 'active')
    await add(randomUUID(), null, 'pii', 1, 'active')
    await add(randomUUID(), kampala.id, 'kyc', 1, 'active')
    await add(randomUUID(), kampala.id, 'pii', 1, 'active', kampala.customer)
    await admin.query('update app.customers set msisdn_enc = $2, notes_enc = $3 where id = $1', [kampala.customer, ciphertext(keyId), ciphertext(retiring)])
    await admin.query('update app.users set email_enc = $2 where id = $1', [kampala.staff.owner.user, ciphertext(randomUUID())])
  })

  test('hands out the keys of the merchant and of the system, newest first, and notes it', async () => {
    const { owner } = world.kampala.staff
    const keys = await asPerson(admin, owner, (c) => c.query(`select key_id, scope, status from api.data_keys('pii')`))
    expect(keys).toMatchObject([
      { key_id: keyId, scope: 'merchant', status: 'active' },
      { key_id: retiring, scope: 'merchant', status: 'retiring' },
      { scope: 'system', status: 'active' },
    ])
    expect(await exports()).toMatchObject([{ table_name: 'app.encryption_keys', actor_user_id: owner.user }])
    expect(await asPerson(admin, owner, (c) => c.query(`select scope from api.data_keys('pii', $1)`, [world.kampala.customer]))).toEqual([{ scope: 'customer' }])
    expect(await asPerson(admin, world.accra.staff.owner, (c) => c.query(`select scope from api.data_keys('pii', $1)`, [world.kampala.customer]))).toEqual([])
  })

  test('keeps keys from who may not have them', async () => {
    await expect(asPerson(admin, world.kampala.staff.cashier, (c) => c.query(`select * from api.data_keys('kyc')`))).rejects.toMatchObject({ code: '42501' })
    for (const purpose of ['pii', 'blind_index'])
      await expect(asPerson(admin, world.kampala.staff.viewer, (c) => c.query('select * from api.data_keys($1)', [purpose]))).rejects.toMatchObject({ code: '42501' })
    await expect(asPerson(admin, world.kampala.staff.owner, (c) => c.query(`select * from api.data_keys('provider_payload')`))).rejects.toMatchObject({ code: 'MM422' })
    await expect(asRole(admin, 'momo_api', (c) => c.query(`select * from api.data_keys('pii')`))).rejects.toMatchObject({ code: '42501' })
    await expect(asPerson(admin, world.kampala.staff.owner, (c) => c.query('select wrapped_dek from app.encryption_keys'))).rejects.toMatchObject({ code: '42501' })
  })

  test('gives ciphertext of own rows alone, and notes every row', async () => {
    const { kampala, accra } = world
    const read = (who: typeof kampala.staff.owner, table: string, ids: string[]) =>
      asPerson(admin, who, (c) => c.query('select row_id, column_name from api.read_encrypted($1, $2)', [table, ids]))
    expect(await read(kampala.staff.cashier, 'customers', [kampala.customer, accra.customer])).toEqual([
      { row_id: kampala.customer, column_name: 'msisdn_enc' },
      { row_id: kampala.customer, column_name: 'notes_enc' },
    ])
    expect(await exports()).toEqual([{ table_name: 'app.customers', row_id: kampala.customer, actor_user_id: kampala.staff.cashier.user }])
    expect(await read(accra.staff.owner, 'app.customers', [kampala.customer])).toEqual([])
    expect(await read(accra.staff.owner, 'app.users', [kampala.staff.owner.user])).toEqual([])
    expect(await read(kampala.staff.accountant, 'app.users', [kampala.staff.owner.user])).toHaveLength(1)
    // Who only looks at reports has no use for it.
    expect(await read(kampala.staff.viewer, 'app.users', [kampala.staff.owner.user])).toEqual([])
    expect(await read(kampala.staff.viewer, 'app.customers', [kampala.customer])).toEqual([])
    const sold = await submit(admin, kampala.staff.owner, 'UGX', { payer_enc: ciphertext(keyId) })
    expect(await read(kampala.staff.owner, 'app.transactions', [sold.transaction_id])).toHaveLength(1)
    expect(await read(kampala.staff.viewer, 'app.transactions', [sold.transaction_id])).toEqual([])
    await expect(read(kampala.staff.owner, 'app.webhook_endpoints', [randomUUID()])).rejects.toMatchObject({ code: 'MM422' })
    await expect(read(kampala.staff.owner, 'customers', [])).rejects.toMatchObject({ code: 'MM422' })
  })

  test('reports what is not encrypted with an active key', async () => {
    const rows = await asRole(admin, 'momo_compliance', (c) => c.query('select status, table_name, column_name, row_count::int as rows from ops.rotate_key_report() order by 2'))
    expect(rows).toEqual([
      { status: 'retiring', table_name: 'app.customers', column_name: 'notes_enc', rows: 1 },
      { status: 'unknown', table_name: 'app.users', column_name: 'email_enc', rows: 1 },
    ])
  })
})

describe('views', () => {
  test('what is unsettled is what settling would settle', async () => {
    await collect(admin, world.kampala, 7000)
    const own = (c: Connection) => c.query<{ merchant_id: string; gross: number }>('select merchant_id, gross_minor::int as gross from api.v_unsettled')
    expect(await asPerson(admin, world.kampala.staff.owner, own)).toEqual([{ merchant_id: world.kampala.id, gross: 7000 }])
    expect(await asRole(admin, 'momo_worker', own)).toHaveLength(2)
  })

  test('mask people, for the back office too', async () => {
    const support = (sql: string) => asRole(admin, 'momo_support', (c) => c.query(sql))
    expect(await support(`select msisdn from api.v_customers_masked where id = '${world.kampala.customer}'`)).toEqual([{ msisdn: '••• 0001' }])
    expect(await support('select * from api.v_members')).toHaveLength(10)
    expect(await support('select * from api.v_users_masked')).toHaveLength(10)
    for (const secret of ['email_enc from app.users', 'auth_subject from app.users', 'msisdn_bidx from app.customers', 'msisdn_enc from app.customers'])
      await expect(support(`select ${secret}`), secret).rejects.toMatchObject({ code: '42501' })
    expect(await asPerson(admin, world.accra.staff.owner, (c) => c.query('select * from api.v_members'))).toHaveLength(5)
    await expect(asPerson(admin, world.accra.staff.owner, (c) => c.query('select * from api.v_retention_due'))).rejects.toMatchObject({ code: '42501' })
  })

  test('show what holds back sync', async () => {
    const { kampala } = world
    await admin.query(
      `insert into app.sync_cursors (merchant_id, device_id, stream, epoch, last_xid, last_pull_at) select $1, $2, 'customers', epoch, pg_snapshot_xmin(pg_current_snapshot()), now() from ops.cluster_epoch`,
      [kampala.id, kampala.staff.owner.device],
    )
    await admin.script(`begin; update app.currencies set name = 'Uganda shilling' where code = 'UGX'`)
    const [row] = await admin.query<{ held_back: number; oldest_writer: number; pid: number; stream: string; devices: number; other_epoch: number }>(
      'select held_back::int, oldest_writer, pg_backend_pid() as pid, stream, devices::int, other_epoch::int, furthest_behind::int from api.v_sync_lag',
    )
    await admin.query('rollback')
    expect(row).toMatchObject({ stream: 'customers', devices: 1, other_epoch: 0 })
    expect(row!.oldest_writer).toBe(row!.pid)
    expect(await asRole(admin, 'momo_worker', (c) => c.query('select alarm from api.v_sync_lag'))).toHaveLength(1)
  })
})
