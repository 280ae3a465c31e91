// What a key costs: the same rows under UUID v7, UUID v4 and bigint, in one run and in turns, so that only the keys differ.
// The keys are made beforehand; making them is timed apart.

export const kinds = ['uuid v7', 'uuid v4', 'bigint']
const tables = { 'uuid v7': 'bench.key_v7', 'uuid v4': 'bench.key_v4', bigint: 'bench.key_bigint' }
const column = { 'uuid v7': 'v7', 'uuid v4': 'v4', bigint: 'i' }
/** The range that is read: one hour of thirty days. */
const days = 30

/**
 * `rows` rows for each kind, in `rounds` rounds after a checkpoint each: the first change of a page after a checkpoint writes the
 * whole page to WAL, which is where scattered keys pay. Returns a row of figures for each kind.
 */
export async function compareKeys(connection, { rows, rounds = 6, print }) {
  const perRound = Math.floor(rows / rounds)
  const batches = 10
  const figures = Object.fromEntries(kinds.map((kind) => [kind, { seconds: 0, wal: 0 }]))
  await connection.script(`
    drop table if exists bench.key_source, bench.key_v7, bench.key_v4, bench.key_bigint;
    create unlogged table bench.key_source as
      select i, at, app.uuidv7_at(at) as v7, gen_random_uuid() as v4
      from (select i, timestamptz '2026-06-01' + (i::float8 / ${rows} * ${days}) * interval '1 day' as at from generate_series(1::bigint, ${rows}::bigint) i) x;
    create index on bench.key_source (i);
    analyze bench.key_source;
    create table bench.key_v7 (id uuid primary key, merchant_id uuid, amount_minor bigint, created_at timestamptz, note text) with (autovacuum_enabled = off);
    create table bench.key_v4 (id uuid primary key, merchant_id uuid, amount_minor bigint, created_at timestamptz, note text) with (autovacuum_enabled = off);
    create table bench.key_bigint (id bigint primary key, merchant_id uuid, amount_minor bigint, created_at timestamptz, note text) with (autovacuum_enabled = off)`)
  for (let round = 0; round < rounds; round++) {
    // Each kind goes first as often as the others.
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(turn + round) % kinds.length]
      await connection.script('checkpoint')
      const before = await walPosition(connection)
      const start = performance.now()
      for (let batch = 0; batch < batches; batch++) {
        const from = round * perRound + Math.floor((perRound * batch) / batches)
        const to = round * perRound + Math.floor((perRound * (batch + 1)) / batches)
        await connection.script(
          `insert into ${tables[kind]} select ${column[kind]}, '00000000-0000-7000-8000-000000000000', i, at, repeat('x', 80) from bench.key_source where i > ${from} and i <= ${to} order by i`,
        )
      }
      figures[kind].seconds += (performance.now() - start) / 1000
      figures[kind].wal += (await walPosition(connection)) - before
    }
    print(`  round ${round + 1} of ${rounds}`)
  }
  for (const kind of kinds) Object.assign(figures[kind], await shape(connection, tables[kind]))
  // A range of time by id: v7 reads it from the primary key; the others need an index of their own for it.
  for (const kind of ['uuid v4', 'bigint']) await connection.script(`create index on ${tables[kind]} (created_at)`)
  for (const kind of kinds) await connection.script(`vacuum (analyze) ${tables[kind]}`)
  for (const kind of kinds) Object.assign(figures[kind], await range(connection, kind))
  const made = await making(connection)
  await connection.script('drop table bench.key_source, bench.key_v7, bench.key_v4, bench.key_bigint')
  const inserted = perRound * rounds
  return { rows: inserted, rounds, making: made, kinds: kinds.map((kind) => ({ kind, perSecond: inserted / figures[kind].seconds, ...figures[kind] })) }
}

async function walPosition(connection) {
  const [{ bytes }] = await connection.query("select (pg_current_wal_lsn() - '0/0')::bigint as bytes")
  return bytes
}

/** Size of the primary key, and how full its leaves are where the server has pgstattuple. */
async function shape(connection, table) {
  const [{ size, index }] = await connection.query(
    'select pg_relation_size(indexrelid) as size, indexrelid::regclass::text as index from pg_index where indrelid = $1::regclass and indisprimary',
    [table],
  )
  const density = await connection
    .script('create extension if not exists pgstattuple')
    .then(() => connection.query('select avg_leaf_density, leaf_fragmentation from pgstatindex($1)', [index]))
    .then(([row]) => ({ density: row.avg_leaf_density, fragmentation: row.leaf_fragmentation }))
    .catch(() => ({}))
  return { indexBytes: size, ...density }
}

/** The median of reading one hour, and the size of what it is read by. */
async function range(connection, kind) {
  const table = tables[kind]
  const byId = kind === 'uuid v7'
  await connection.script(`prepare an_hour (timestamptz) as select count(*), sum(amount_minor) from ${table}
    where ${byId ? "id >= app.uuidv7_floor($1) and id < app.uuidv7_floor($1 + interval '1 hour')" : "created_at >= $1 and created_at < $1 + interval '1 hour'"}`)
  const times = []
  let rows = 0
  for (let n = 0; n < 200; n++) {
    const from = new Date(Date.UTC(2026, 5, 1) + ((n * 37) % (days * 24 - 1)) * 3600_000).toISOString()
    const start = performance.now()
    const [row] = await connection.script(`execute an_hour ('${from}')`)
    if (n > 0) times.push(performance.now() - start)
    rows = row.count
  }
  await connection.script('deallocate an_hour')
  const [{ extra }] = await connection.query(
    'select coalesce(sum(pg_relation_size(indexrelid)), 0)::bigint as extra from pg_index where indrelid = $1::regclass and not indisprimary',
    [table],
  )
  return { rangeMs: times.sort((a, b) => a - b)[Math.floor(times.length / 2)], rangeRows: rows, rangeIndexBytes: extra }
}

/** Microseconds to make one key. */
async function making(connection) {
  const calls = 100_000
  const timeOf = async (expression) => {
    const start = performance.now()
    await connection.script(`select count(k) from (select ${expression} as k from generate_series(1, ${calls}) offset 0) x`)
    return ((performance.now() - start) * 1000) / calls
  }
  await timeOf('app.uuidv7()')
  return { 'app.uuidv7()': await timeOf('app.uuidv7()'), 'gen_random_uuid()': await timeOf('gen_random_uuid()') }
}
