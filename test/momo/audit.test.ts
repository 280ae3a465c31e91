import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { done, schema, session } from '../support/command.ts'
import { testServer } from '../support/postgres.ts'
import { collect } from './support/money.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'
import { declared, withEnv } from './support/declaration.ts'

let world: World
let admin: Connection
beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
})
afterAll(() => world?.close())

/** Runs statements as a superuser, looks, and takes everything back. */
async function tampered<T>(statements: string, look: (c: Connection) => Promise<T>): Promise<T> {
  await admin.script(`begin; ${statements}`)
  try {
    return await look(admin)
  } finally {
    await admin.query('rollback')
  }
}

const audited = (table: string) => admin.query<{ op: string }>('select op from audit.audit_log where table_name = $1 order by xid, id', [table])

describe('triggers', () => {
  test('are not silenced by session_replication_role', async () => {
    const before = (await audited('app.currencies')).length
    await admin.script(`set session_replication_role = replica; update app.currencies set name = 'shilling' where code = 'UGX'; reset session_replication_role`)
    expect((await audited('app.currencies')).slice(before)).toEqual([{ op: 'UPDATE' }])
    await admin.script('set session_replication_role = replica')
    await expect(admin.query('truncate app.currencies cascade')).rejects.toMatchObject({ code: '55000' })
    await expect(admin.query('delete from audit.audit_log')).rejects.toMatchObject({ code: '55000' })
    await admin.script('reset session_replication_role')
  })

  test('guard every partition by its own name', async () => {
    const [part] = await admin.query<{ name: string }>(`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'app.ledger_entries'::regclass limit 1`)
    await expect(admin.query(`truncate ${part!.name}`)).rejects.toMatchObject({ code: '55000' })
  })

  test('nobody but the audit writer writes the log, and it cannot change it', async () => {
    const insert = `insert into audit.audit_log (table_name, op, db_role) values ('x', 'LOGIN', 'x')`
    for (const role of ['momo_app', 'momo_ledger', 'momo_worker', 'momo_auditor', 'momo_compliance', 'momo_retention'])
      await expect(
        asRole(admin, role, (c) => c.query(insert)),
        role,
      ).rejects.toMatchObject({ code: '42501' })
    await expect(asRole(admin, 'momo_audit_writer', (c) => c.query('update audit.audit_log set op = $1', ['LOGIN']))).rejects.toMatchObject({ code: '42501' })
    await expect(asRole(admin, 'momo_app', (c) => c.query(`select audit.log_act('ERASE', 'x', '{}')`))).rejects.toMatchObject({ code: '42501' })
  })
})

describe('seals', () => {
  const seal = (c = admin) => asRole(c, 'momo_worker', (w) => w.query<{ id: string | null }>('select ops.seal_audit() as id'))
  const verify = (c = admin) => c.query<{ problem: string; detail: string }>('select problem, detail from ops.verify_seals()')
  const problems = async (c = admin) => (await verify(c)).map((r) => r.problem)
  const change = (name: string) => asRole(admin, 'momo_owner', (c) => c.query('update app.currencies set name = $1 where code = $2', [name, 'GHS']))
  const off = 'alter table audit.audit_log disable trigger user; alter table audit.seals disable trigger user;'

  beforeAll(async () => {
    for (const name of ['a', 'b', 'c']) {
      await change(name)
      await seal()
    }
  })

  test('fit what was written, without gaps', async () => {
    expect(await asRole(admin, 'momo_auditor', verify)).toEqual([])
    const rows = await admin.query<{ joined: boolean; rows: number }>(
      `select coalesce(from_xid = lag(to_xid) over (order by id), from_xid = '0') and prev_hash is not distinct from lag(root_hash) over (order by id) as joined, row_count::int as rows from audit.seals order by id`,
    )
    expect(rows.length).toBeGreaterThanOrEqual(3)
    expect(rows.every((r) => r.joined)).toBe(true)
    expect(rows.reduce((n, r) => n + r.rows, 0)).toBeGreaterThan(100)
  })

  test('do not depend on how the session writes values', async () => {
    await admin.script(`set timezone = 'Asia/Tokyo'; set datestyle = 'German'; set bytea_output = 'escape'; set extra_float_digits = -3; set intervalstyle = 'iso_8601'`)
    expect(await problems()).toEqual([])
    await admin.script('reset all')
  })

  const sealed = `(select a.id from audit.audit_log a, audit.seals s where a.xid >= s.from_xid and a.xid < s.to_xid order by a.id desc limit 1)`
  test.each([
    ['a changed row', `${off} update audit.audit_log set db_role = 'somebody else' where id = ${sealed}`, ['row changed']],
    ['a row that was taken away', `${off} delete from audit.audit_log where id = ${sealed}`, ['rows missing']],
    [
      'a row that was put in',
      `${off} insert into audit.audit_log (table_name, op, db_role, xid) select 'x', 'LOGIN', 'x', a.xid from audit.audit_log a where a.id = ${sealed}`,
      ['rows added'],
    ],
    ['a seal that was taken away', `${off} delete from audit.seals where id = (select id from audit.seals order by id offset 1 limit 1)`, ['broken chain', 'gap']],
    ['a seal that was changed', `${off} update audit.seals set row_count = row_count + 1 where id = (select id from audit.seals order by id desc limit 1)`, ['rows missing']],
    [
      'a fork',
      `${off} alter table audit.seals drop constraint seals_prev_hash_key, drop constraint seals_to_xid_key;
       insert into audit.seals (prev_hash, root_hash, from_xid, to_xid, row_count)
       select prev_hash, root_hash, from_xid, to_xid, row_count from audit.seals order by id desc limit 1`,
      ['fork', 'overlap'],
    ],
  ])('show %s', async (_, statements, expected) => {
    expect(await tampered(statements, problems)).toEqual(expected)
  })

  test('wait for transactions that are still open, and lose none', async () => {
    const slow = await connect(world.url)
    try {
      await slow.script(`begin; set local role momo_owner; update app.currencies set name = 'slow' where code = 'XOF'`)
      await change('quick')
      const at = (await admin.query<{ n: number }>('select coalesce(sum(row_count), 0)::int as n from audit.seals'))[0]!.n
      await seal()
      const between = (await admin.query<{ n: number }>('select coalesce(sum(row_count), 0)::int as n from audit.seals'))[0]!.n
      await slow.query('commit')
      await seal()
      expect(await problems()).toEqual([])
      const [after] = await admin.query<{ n: number; all: number }>(
        `select (select sum(row_count) from audit.seals)::int as n, (select count(*) from audit.audit_log where xid < (select max(to_xid::text::bigint) from audit.seals)::text::xid8)::int as all`,
      )
      expect(after!.n).toBe(after!.all)
      expect(after!.n - at).toBeGreaterThan(between - at)
    } finally {
      await slow.close()
    }
  })

  test('two at once make one chain', async () => {
    await change('d')
    const others = await Promise.all([connect(world.url), connect(world.url)])
    await Promise.all(others.map((c) => seal(c)))
    await Promise.all(others.map((c) => c.close()))
    expect(await problems()).toEqual([])
  })

  test('a new epoch begins transaction ids anew', async () => {
    await tampered(`set local role momo_migrator; insert into ops.cluster_epoch (reason) values ('restored'); set local role none`, async (c) => {
      await c.query('select ops.seal_audit()')
      const [last] = await c.query<{ from: string }>('select from_xid::text as from from audit.seals order by id desc limit 1')
      expect(last!.from).toBe('0')
      expect(await problems(c)).toEqual([])
    })
  })

  test('are nobody else’s to make', async () => {
    await expect(asRole(admin, 'momo_api', (c) => c.query('select ops.seal_audit()'))).rejects.toMatchObject({ code: '42501' })
    await expect(
      asRole(admin, 'momo_worker', (c) => c.query(`insert into audit.seals (root_hash, from_xid, to_xid, row_count) values (sha256(''), '1', '2', 0)`)),
    ).rejects.toMatchObject({
      code: '42501',
    })
  })
})

test('a request is in the log with who, from which device and for which merchant', async () => {
  const { owner } = world.kampala.staff
  await asPerson(admin, owner, (c) => c.query(`update app.merchants set trading_name = 'New name' where id = $1`, [owner.merchant]))
  const [row] = await admin.query('select actor_user_id, actor_device_id, merchant_id, effective_role, changed_columns from audit.audit_log order by xid desc, id desc limit 1')
  expect(row).toEqual({ actor_user_id: owner.user, actor_device_id: owner.device, merchant_id: owner.merchant, effective_role: 'momo_api', changed_columns: ['trading_name'] })
})

test('settings that no request signed name nobody in the log', async () => {
  const { owner } = world.kampala.staff
  const last = () =>
    admin.query('select actor_user_id as "user", actor_device_id as device, request_id as request from audit.audit_log order by xid desc, id desc limit 1').then((rows) => rows[0])
  const rename = (c: Connection, name: string) => c.query('update app.outlets set name = $2 where id = $1', [world.kampala.outlets[0], name])
  const request = randomUUID()
  await asRole(admin, 'momo_api', async (c) => {
    await c.query('select api.begin_request($1, $2, $3, $4)', [owner.user, owner.merchant, owner.device, request])
    await rename(c, 'One')
  })
  expect(await last()).toEqual({ user: owner.user, device: owner.device, request })
  // The worker has no request: whatever it sets is its own word.
  await collect(admin, world.kampala, 500)
  await asRole(admin, 'momo_worker', async (c) => {
    for (const [name, value] of [['user', owner.user], ['device', owner.device], ['request', randomUUID()]]) await c.query('select set_config($1, $2, true)', [`app.${name}_id`, value]) // prettier-ignore
    await c.query('update app.provider_references set last_callback_at = now()')
  })
  expect(await last()).toEqual({ user: null, device: null, request: null })
})

test('free text, tokens and patches of phones are in the log as nothing', async () => {
  const { kampala } = world
  const { owner } = kampala.staff
  const logged = async (table: string) =>
    JSON.stringify(await admin.query('select changed_columns, old_data, new_data from audit.audit_log where table_name = $1 order by xid desc, id desc limit 2', [table]))
  const token = 'kEpTsEcReT0123456789abcd'
  const [request] = await asPerson(admin, owner, (c) =>
    c.query<{ id: string }>(
      `insert into app.payment_requests (merchant_id, outlet_id, kind, public_token, amount_minor, currency, description) values ($1, $2, 'link', $3, 5, 'UGX', 'for Aisha') returning id`,
      [owner.merchant, kampala.outlets[0], token],
    ),
  )
  await asPerson(admin, owner, (c) => c.query(`update app.payment_requests set description = 'call Aisha 0772123456' where id = $1`, [request!.id]))
  expect(await logged('app.payment_requests')).toContain('"changed_columns":["description"],"old_data":{"description":"[redacted]"}')
  await asRole(admin, 'momo_owner', (c) => c.query('delete from app.payment_requests where id = $1', [request!.id]))
  expect(await logged('app.payment_requests')).not.toMatch(new RegExp(`${token}|Aisha`))
  await asPerson(admin, owner, (c) =>
    c.query(`insert into app.webhook_endpoints (merchant_id, url, secret_enc, topics, created_by) values ($1, 'https://hook.example/T0KEN', $2, '{refund.completed}', $3)`, [
      owner.merchant,
      Buffer.concat([Buffer.of(1), randomBytes(60)]),
      owner.user,
    ]),
  )
  expect(await logged('app.webhook_endpoints')).not.toContain('T0KEN')
  await admin.query(
    `insert into app.sync_conflicts (merchant_id, device_id, table_name, row_id, base_version, server_version, client_patch, resolution) values ($1, $2, 'customers', $3, 1, 2, '{"msisdn_last4": "4321", "notes_enc": "AQID"}', 'server_won')`,
    [owner.merchant, owner.device, kampala.customer],
  )
  await asRole(admin, 'momo_compliance', (c) => c.query(`select ops.erase_customer($1, 'asked by mail')`, [kampala.customer]))
  expect(await logged('app.sync_conflicts')).toContain('"old_data":{"client_patch":"[redacted]"}')
})

test('DDL and grants are in the log where event triggers may be made', async () => {
  const url = await (await testServer()).freshDatabase()
  await withEnv({ MOMO_DDL_AUDIT: 'on' }, async () => {
    await done('apply', '--url', url, '--yes', ...declared)
    await session(url, async (c) => {
      await c.script(`create table app.extra (id int, note text default 'secret 0772123456'); alter table app.extra add column more int; grant select on app.extra to momo_support;
        create temp table passing (id int); alter table app.currencies disable trigger z9_audit; alter table app.currencies enable always trigger z9_audit; drop table app.extra`)
      const rows = await c.query<{ op: string; table_name: string; tag: string; statement: string }>(
        `select op, table_name, new_data ->> 'tag' as tag, new_data ->> 'statement' as statement from audit.audit_log where op in ('DDL', 'GRANT') and table_name <> 'x' order by xid, id`,
      )
      const ours = rows.filter((r) => /extra|currencies|^GRANT$/.test(r.table_name))
      expect(ours.map((r) => `${r.op} ${r.tag} ${r.table_name}`)).toEqual(
        expect.arrayContaining(['DDL CREATE TABLE app.extra', 'DDL ALTER TABLE app.extra', 'GRANT GRANT GRANT', 'DDL ALTER TABLE app.currencies', 'DDL DROP TABLE app.extra']),
      )
      expect(rows.some((r) => /passing$/.test(r.table_name))).toBe(false)
      for (const def of [`$$0772123456$$`, `$x$0772123456$x$`, `E'it\\'s 0772123456'`, `/* it's */ '0772123456'`, `'a' -- it's\n || '0772123456'`])
        await c.script(`alter table app.currencies add column extra text default ${def}; alter table app.currencies drop column extra`)
      await c.script('alter table app.currencies add column extra bigint default 0772123456')
      await c.script('alter table app.currencies drop column extra')
      const all = await c.query<{ new_data: { statement: string | null } }>(`select new_data from audit.audit_log where op in ('DDL', 'GRANT')`)
      expect(JSON.stringify(all)).not.toContain('772123456')
      expect(all.map((r) => r.new_data.statement)).toContain('alter table app.currencies add column extra bigint default …')
    })
    expect((await schema('drift', '--url', url, ...declared)).code).toBe(0)
  })
})
