import { beforeEach, describe, expect, test } from 'vitest'
import * as p from 'pgintent'
import { connect } from '../../src/db/index.ts'
import { printedBy } from '../../src/shadow/elaborate.ts'
import { testServer } from '../support/postgres.ts'

const { sql } = p

/** Builds what has been declared on a server and expects every declared attribute back letter by letter. */
async function expectAsPrinted(): Promise<void> {
  const { model, roles } = p.declared()
  const connection = await connect(await (await testServer()).freshDatabase())
  try {
    const printed = await printedBy(connection, model, roles)
    const attrs = (m: typeof model) => Object.fromEntries([...model.objects.keys()].map((id) => [id, m.objects.get(id)?.attrs]))
    expect(attrs(printed)).toEqual(attrs(model))
    const more = [...printed.objects.values()].filter((o) => !model.objects.has(o.id) && o.kind !== 'owner' && !o.id.includes('namespace:public'))
    expect(more.map((o) => o.id)).toEqual([])
  } finally {
    await connection.close()
  }
}

beforeEach(p.resetDeclared)

describe('declared text is what a server prints back', () => {
  test('types and the constants that are their defaults', async () => {
    const mood = p.enumType('app', 'mood', ['sad', "so 'so'", 'ok'])
    const minor = p.domain('app', 'minor', { as: p.bigint(), default: 0, checks: sql`(VALUE >= 0)` })
    const code = p.domain('app', 'code', { as: p.varchar(3), notNull: true })
    const pair = p.compositeType('app', 'pair', { left: p.integer(), right: p.text().collate('C') })
    const span = p.rangeType('app', 'span', { subtype: p.doublePrecision() })
    p.rangeType('app', 'float_range', { subtype: p.real() })
    p.table('app', 'everything', {
      columns: {
        uuid: p.uuid().default('018c0000-0000-0000-0000-000000000000'),
        text: p.text().default('queued'),
        quoted: p.text().default("it's"),
        varchar: p.varchar(20).default('x'),
        varchar_any: p.varchar(),
        char: p.char(3).default('abc'),
        char_one: p.char(),
        boolean: p.boolean().notNull().default(true),
        integer: p.integer().default(-1),
        smallint: p.smallint().default(3),
        bigint: p.bigint().default(0n),
        huge: p.bigint().default(3_000_000_000),
        low: p.bigint().default(-3_000_000_000n),
        real: p.real().default(0.5),
        double: p.doublePrecision().default(-1),
        numeric: p.numeric().default(0.5),
        price: p.numeric(10, 2).default(0),
        minus: p.numeric(4).default(-0.5),
        money: p.money(),
        timestamptz: p.timestamptz().default(sql`now()`),
        timestamptz3: p.timestamptz(3),
        timestamp: p.timestamp(0),
        date: p.date().default('2026-01-01'),
        time: p.time(),
        timetz: p.timetz(2),
        interval: p.interval().default('90 days'),
        interval3: p.interval(3),
        interval_ds: p.interval('day to second', 2),
        interval_ym: p.interval('year to month'),
        json: p.json(),
        jsonb: p.jsonb().notNull().default({}),
        bytea: p.bytea(),
        bit: p.bit(3).default('101'),
        varbit: p.varbit(5),
        inet: p.inet().default('10.0.0.1'),
        cidr: p.cidr(),
        macaddr: p.macaddr(),
        macaddr8: p.macaddr8(),
        xid8: p.xid8().default(sql`pg_current_xact_id()`),
        xml: p.xml(),
        oid: p.oid(),
        tsvector: p.tsvector(),
        tsquery: p.tsquery(),
        point: p.point(),
        ranges: p.tstzrange(),
        multi: p.int8multirange(),
        tags: p.text().array().notNull().default([]),
        some_tags: p.text().array().default(['a', 'b c', 'NULL', '']),
        codes: p.varchar(5).array(),
        char_array: p.char(2).array().default([]),
        matrix: p.integer().array().array(),
        mood: mood().notNull().default('ok'),
        moods: mood().array().default([]),
        minor: minor().default(5),
        code: code().default('abc'),
        pair: pair(),
        span: span(),
        other: p.type('regconfig'),
        status: p.oneOf(['open', 'closed']).notNull().default('open'),
        single: p.oneOf(['only']),
        collated: p.text().collate('C').storage('external').compression('pglz').statistics(200).options({ n_distinct: -0.5 }),
        sum: p.integer().generated((c) => sql`(${c['integer']!} + 1)`),
      },
    })
    await expectAsPrinted()
  })

  test('keys, references, identities and the names PostgreSQL makes', async () => {
    const long = 'a_table_with_a_name_that_is_rather_long_for_a_table_of_any_kind'
    const parent = p.table('app', long, {
      columns: { id: p.bigint().identity('always', { start: 10, cache: 5 }), code_that_is_long: p.text().notNull(), down: p.integer().identity('by default', { increment: -1 }) },
      primaryKey: ['id'],
      unique: [['code_that_is_long', 'id']],
      indexes: [['code_that_is_long'], ['code_that_is_long']],
      checks: [(c) => sql`(length(${c.code_that_is_long}) > 0)`, sql`true`, sql`true`],
    })
    p.table('app', 'Child', {
      columns: { number: p.serial(), 'Weird "col"': p.bigserial(), small: p.smallserial(), parent: p.bigint(), code: p.text(), above: p.integer() },
      primaryKey: { on: ['number'], name: 'Child key', options: { fillfactor: 70 }, include: ['above'] },
      unique: {
        named: ['above', 'small'],
        not_distinct: { on: ['above'], nullsNotDistinct: true },
        later: { on: ['small'], deferrable: true, deferred: true },
        as_index: { on: [p.desc('above'), p.nullsFirst('small')], include: ['code'] },
        partial: { on: ['code'], where: (c) => sql`(${c.above} IS NOT NULL)` },
      },
      foreignKeys: [
        { columns: ['parent'], references: parent, onDelete: 'restrict', onUpdate: 'cascade' },
        { columns: ['parent'], references: parent, onDelete: 'set null', onDeleteColumns: ['parent'], valid: false },
        { columns: ['code', 'parent'], references: parent.key('code_that_is_long', 'id'), match: 'full', deferrable: true },
        { columns: ['above'], references: p.self('number'), name: 'to_above' },
      ],
      indexes: {
        lower: { on: (c) => [sql`lower(${c.code})`, p.op('code', 'text_pattern_ops'), p.collate(p.desc('code'), 'C')] },
        hashed: { on: ['code'], using: 'hash', options: { fillfactor: 50 } },
      },
      options: { fillfactor: 80, autovacuum_enabled: false },
      replicaIdentity: 'full',
      clusterOn: 'named',
    })
    await expectAsPrinted()
  })

  test('partitions', async () => {
    process.env['PGINTENT_TODAY'] = '2026-02-10'
    const parts = p.table('app', 'parts', {
      columns: {
        id: p.uuid().notNull(),
        at: p
          .timestamptz()
          .notNull()
          .default(sql`now()`),
        status: p.oneOf(['a', 'b']),
        n: p.bigint().statistics(10),
      },
      primaryKey: ['id'],
      indexes: { parts_at: ['at'] },
      partitionBy: p.range('id', p.monthly({ bound: p.uuidv7Floor, from: '2025-12', ahead: 1, each: { rowSecurity: { force: true }, options: { fillfactor: 90 } } })),
    })
    p.table('app', 'by_day', { columns: { day: p.date() }, partitionBy: p.range('day', p.monthly({ from: '2026-01', ahead: 0 })) })
    p.table('app', 'by_time', {
      columns: { at: p.timestamptz() },
      partitionBy: p.range('at', p.monthly({ from: '2026-01', ahead: 0, name: (s, t) => `${t}_${s.getUTCMonth() + 1}` })),
    })
    p.table('app', 'by_number', {
      columns: { a: p.integer(), b: p.bigint(), c: p.numeric() },
      partitionBy: p.range('a', 'b', 'c'),
      partitions: {
        low: { from: [p.minvalue, p.minvalue, p.minvalue], to: [-5, 10, 1.5] },
        mid: { from: [-5, 10, 1.5], to: [7, p.maxvalue, p.maxvalue], columns: { a: { default: sql`5`, notNull: true } } },
        rest: 'default',
      },
    })
    p.table('app', 'by_list', {
      columns: { kind: p.text(), n: p.integer().notNull() },
      partitionBy: p.list(sql`lower(kind)`),
      partitions: {
        ab: {
          in: ['a', "b'", null],
          partitionBy: p.hash('n'),
          partitions: { ab_0: { modulus: 2, remainder: 0 }, ab_1: { modulus: 2, remainder: 1 } },
          triggers: {},
          comment: 'A and B',
        },
        other: 'default',
      },
    })
    p.partition(p.table('app', 'flags', { columns: { on: p.boolean() }, partitionBy: p.list('on') }), 'yes', { in: [true], namespace: 'elsewhere' })
    const base = p.table('app', 'base', { columns: { id: p.integer().notNull(), name: p.text().default('x') }, checks: { named: sql`(name <> ''::text)` } })
    p.table('app', 'derived', { inherits: [base], columns: { more: p.text(), name: p.text().default('y') } })
    p.index(parts, 'parts_status', ['status'])
    await expectAsPrinted()
  })

  test('functions, triggers, policies, views, grants and roles', async () => {
    const name = `words_${process.pid}`
    const group = p.role(`${name}_group`)
    const reader = p.role(`${name} "Reader"`, { login: true, connectionLimit: 5, memberOf: [group], settings: { search_path: ['app', 'Odd'], statement_timeout: '5s' } })
    const app = p.namespace('app', { owner: group, comment: 'All of it', grants: [{ to: reader, privileges: ['usage'] }] })
    p.fn(app, 'plain', {
      args: { a: p.integer(), b: p.varchar(5).default('x'), rest: p.variadic(p.text().array().default([])) },
      returns: p.uuid(),
      language: 'plpgsql',
      body: 'begin end',
    })
    p.fn(app, 'outs', {
      args: { a: p.out(p.integer()), b: p.inout(p.numeric(4, 2)) },
      language: 'plpgsql',
      body: sql`begin end`,
      volatility: 'stable',
      parallel: 'safe',
      strict: true,
    })
    p.fn(app, 'rows', {
      args: [p.integer(), p.text()],
      returns: { table: { a: p.integer(), 'B c': p.timestamptz(3) } },
      body: 'select 1, now()',
      rows: 5,
      cost: 100,
      settings: { search_path: ['app', 'Odd'] },
    })
    p.fn(app, 'parsed', {
      returns: 'integer',
      sqlBody: sql`RETURN 1`,
      revokePublic: true,
      grants: [{ to: reader, privileges: ['execute'] }],
      securityDefiner: true,
      leakproof: true,
    })
    p.procedure(app, 'doit', { args: { a: p.integer(), b: p.inout(p.text()) }, language: 'plpgsql', body: 'begin end' })
    const touch = p.fn(app, 'touch', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
    const things = p.table(app, 'things', {
      columns: { id: p.integer().comment('The key'), name: p.text().grants({ to: reader, privileges: ['update'] }), owner: p.text() },
      primaryKey: ['id'],
      triggers: {
        touch: { timing: 'before', events: ['update', 'insert'], updateOf: ['name'], level: 'row', when: sql`(new.name IS NOT NULL)`, function: touch, arguments: ['a', "b'c"] },
        after: { timing: 'after', events: ['delete'], oldTable: 'gone', function: touch },
        checked: { timing: 'after', events: ['insert'], constraint: true, deferred: true, function: touch, enabled: 'always' },
      },
      rowSecurity: {
        force: true,
        policies: {
          mine: { for: 'select', to: [reader, group], using: (c) => sql`(${c.owner} = CURRENT_USER)` },
          strict: { restrictive: true, using: sql`true`, check: sql`false`, comment: 'Nobody' },
        },
      },
      grants: [
        { to: [reader, p.publicRole], privileges: ['select'] },
        { to: reader, privileges: ['insert'], grantOption: true },
        { to: group, privileges: ['references'], columns: ['id', 'name'] },
      ],
    })
    p.sequence(app, 'numbers', { type: 'integer', start: 5, ownedBy: things.columns.id, comment: 'n' })
    const v = p.view(app, 'v', {
      as: sql` SELECT 1 AS id`,
      securityInvoker: true,
      columnComments: { id: 'The id' },
      grants: [{ to: reader, privileges: ['select'], columns: ['id'] }],
    })
    p.rule(v, 'nothing', { definition: p.sqlText('CREATE RULE nothing AS\n    ON INSERT TO app.v DO INSTEAD NOTHING') })
    const m = p.materializedView(app, 'm', { as: sql` SELECT 1 AS id`, populated: false, indexes: { m_id: ['id'] } })
    p.comment(m, 'Counted')
    p.defaultPrivileges({ for: group, on: 'functions', to: p.publicRole, privileges: [] })
    p.defaultPrivileges({ for: group, namespace: app, on: 'tables', to: reader, privileges: ['select', 'insert'], grantOption: ['select'] })
    p.aggregate(app, 'total', { args: 'integer', definition: sql`SFUNC = int4pl, STYPE = integer, INITCOND = '0'` })
    await expectAsPrinted()
  })
})
