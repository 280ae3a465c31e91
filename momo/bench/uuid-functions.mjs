// Calls per second of app.uuidv7() with either body, of gen_random_uuid(), and how often consecutive ids are out of order.
//   node momo/bench/uuid-functions.mjs [--calls N] [--runs N]
// BENCH_URL names a superuser URL of a throwaway server; without it an embedded PostgreSQL 18 is started.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { calls: { type: 'string', default: '200000' }, runs: { type: 'string', default: '5' } } })
const [calls, runs] = [Number(values.calls), Number(values.runs)]
const root = fileURLToPath(new URL('../..', import.meta.url))
const { connect, openShadow, withDatabase } = await import(join(root, 'dist/testing.js'))
const name = `bench_uuid_${process.pid}`

const server = process.env.BENCH_URL ? { url: process.env.BENCH_URL, close: async () => undefined } : await openShadow('embedded:18', { major: 18, extensions: [] })
const admin = await connect(server.url)
try {
  await admin.query(`create database ${name} template template0`)
  const url = withDatabase(server.url, name)
  const native = admin.versionNum >= 180000
  declare(url, 'polyfill')
  const c = await connect(url)
  const bodies = [['gen_random_uuid()', 'gen_random_uuid()'], ['app.uuidv7(), polyfill', 'app.uuidv7()'], ...(native ? [['uuidv7(), native', 'uuidv7()']] : [])]
  const times = new Map(bodies.map(([title]) => [title, []]))
  const loops = []
  for (let run = 0; run < runs; run++) {
    loops.push(await seconds(c, `select count(n) from generate_series(1, ${calls}) n`))
    for (const [title, call] of bodies) times.get(title).push(await seconds(c, `select count(${call}) from generate_series(1, ${calls})`))
  }
  const cost = ([title]) => (median(times.get(title)) - median(loops)) / calls
  const base = cost(bodies[0])
  console.log(`PostgreSQL ${Math.floor(c.versionNum / 10000)}, ${calls} calls, median of ${runs} runs`)
  for (const body of bodies) {
    const inverted = body === bodies[0] ? '' : `   ${await inversions(c, body[1])} of 100000 out of order`
    console.log(
      `  ${body[0].padEnd(24)} ${(cost(body) * 1e6).toFixed(2).padStart(6)} µs   ${Math.round(1 / cost(body)).toLocaleString('en')} in a second   ${(cost(body) / base).toFixed(2)} × v4${inverted}`,
    )
  }
  await c.close()
} finally {
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.close()
  await server.close()
}

function declare(url, body) {
  const args = ['apply', '--url', url, '--yes', '--config', join(root, 'schema.config.ts'), '--schema', join(root, 'schema/uuid.ts')]
  const ran = spawnSync(join(root, 'bin/schema'), args, { env: { ...process.env, MOMO_UUIDV7: body }, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(ran.stderr)
}

async function seconds(c, sql) {
  const start = performance.now()
  await c.query(sql)
  return (performance.now() - start) / 1000
}

async function inversions(c, call) {
  const [row] = await c.query(`select count(*) filter (where id < earlier) as n
    from (select id, lag(id) over (order by n) as earlier from (select n, ${call} as id from generate_series(1, 100000) n offset 0) as made) as pairs`)
  return row.n
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
}
