// The bench of the MoMo schema: seeds it, asks what services ask under row security, and says whether every answer came in time
// and every plan is as promised. Ends with 1 when not.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, type } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asOf } from './calendar.mjs'
import { compareKeys } from './keys.mjs'
import { measure, measureCold } from './measure.mjs'
import { readOptions, usageText } from './options.mjs'
import { catalog } from './plans.mjs'
import { ceiling, queries } from './queries.mjs'
import { report } from './report/markdown.mjs'
import { plots } from './report/plots.mjs'
import { bytes, ms } from './report/words.mjs'
import { applySchema } from './schema.mjs'
import { seedRows, verifyLedger } from './seed/index.mjs'
import { foreignServer, measuring, memoryMb, ownServer, seeding } from './server.mjs'
import { pickSubjects } from './subjects.mjs'
import { resetUsage, usage } from './usage.mjs'
import { measureWrites, writePath, writePathMissing } from './write-path.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tools = await import(join(root, 'dist/testing.js'))
const print = (line) => console.log(line)
const database = 'momo_bench'

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) print(usageText)
  else process.exitCode = (await bench(options)) ? 0 : 1
} catch (error) {
  console.error(`bench:momo: ${error.message}`)
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') console.error(usageText)
  process.exitCode = 1
}

async function bench(options) {
  const server = options.url ? foreignServer(tools, options.url) : ownServer(tools, { major: options.postgres, keep: options.keep && resolve(options.keep) })
  const load = loadavg()[0]
  const open = () => tools.connect(server.url('postgres', database))
  const took = {}
  const part = async (name, work) => {
    print(`${name}`)
    const start = performance.now()
    const result = await work()
    took[name] = (performance.now() - start) / 1000
    return result
  }
  try {
    const seed = await prepare(server, open, options, part)
    await server.start(measuring())
    // Rows that were kept may be of an earlier declaration, and a seed must leave no trigger off.
    await part('schema apply', () => applySchema(root, server.url('postgres', database)))
    await loadReferenceData(open)
    const admin = await open()
    let results
    try {
      results = await part('queries', () => ask(server, admin, options))
      results.keys = options.only ? undefined : await part('keys', () => compareKeys(admin, { rows: Math.max(60_000, Math.min(3_000_000, Math.floor(options.rows / 2))), print }))
      Object.assign(results, await facts(admin, server, options), { seedTook: seed.took, checks: seed.checks, took })
      results.machine.load = load
    } finally {
      await admin.close()
    }
    await part('after a restart', () => askCold(server, results, options))
    judgeAll(results)
    if (!options.only) write(results, options)
    for (const line of [...results.skipped.map((s) => `not measured: ${s}`), ...results.missed.map((m) => `target missed: ${m}`), ...results.failures.map((f) => `FAILED: ${f}`)])
      print(line)
    print(results.failures.length === 0 ? `passed: every p95 under ${ceiling} ms, every plan as promised` : `failed: ${results.failures.length}`)
    return results.failures.length === 0
  } finally {
    await server.stop()
  }
}

/** The schema and the rows, unless an earlier run has kept the same. Leaves the server stopped when it is our own. */
async function prepare(server, open, options, part) {
  const wanted = { rows: options.rows, seed: options.seed, merchants: options.merchants }
  const kept = server.seeded()
  if (kept && Object.entries(wanted).every(([name, value]) => kept[name] === value)) return kept
  await server.start(seeding())
  const admin = await tools.connect(server.url('postgres'))
  await admin.script(`drop database if exists ${database} with (force)`)
  await admin.script(`create database ${database}`)
  await admin.close()
  await part('schema apply to nothing', () => applySchema(root, server.url('postgres', database)))
  const seed = await part(`seed of ${options.rows.toLocaleString('en')} transactions`, () => seedRows({ open, ...wanted, print }))
  server.remember({ ...wanted, ...seed })
  await server.stop(true)
  return seed
}

/** What comes with the declaration as rows; what is there already stays. */
async function loadReferenceData(open) {
  const admin = await open()
  await admin.script('select ops.load_reference_data()')
  const [{ known }] = await admin.query('select exists (select from ops.deployment) as known')
  if (!known) await admin.script('select ops.set_deployment(is_live => false)')
  await admin.close()
}

/** A connection as `role`: a login where the server is ours, else a superuser's that has become it for good. */
function sessionAs(server) {
  return async (role) => {
    const connection = await tools.connect(server.url(role, database), { applicationName: 'momo bench' })
    if (!server.owned) await connection.script(`set session authorization ${role}`)
    return connection
  }
}

function wants(options, id) {
  return !options.only || options.only.includes(id.toLowerCase())
}

async function ask(server, admin, options) {
  const as = sessionAs(server)
  const known = { ...(await catalog(admin)), few: options.rows < 100_000 }
  const subjects = await pickSubjects(admin, { count: options.subjects, merchants: options.merchants, seed: options.seed })
  const skipped = []
  const asked = []
  await resetUsage(admin)
  for (const query of queries.filter((q) => wants(options, q.id))) {
    const { args: _args, plan: _plan, params: _params, ...told } = { role: 'momo_api', ...query }
    const modes = await measure(as, query, subjects, options.rounds, known)
    asked.push({ ...told, modes })
    for (const m of modes) {
      const verdict = m.wrong.length > 0 ? `PLAN: ${m.wrong[0]}` : m.p95 > query.target ? 'target missed' : 'met'
      print(`  ${query.id.padEnd(4)} ${query.title.padEnd(42)} ${m.mode.replace(/force_|_plan/g, '').padEnd(8)} p50 ${ms(m.p50).padStart(7)}  p95 ${ms(m.p95).padStart(7)}  p99 ${ms(m.p99).padStart(7)} ms  target ${String(query.target).padStart(3)}  ${verdict}`) // prettier-ignore
    }
  }
  const writes = wants(options, writePath.id) ? await sales(as, admin, subjects, options, skipped) : undefined
  const used = await usage(admin)
  return { queries: asked, writes, skipped, subjects: subjects.length, samples: subjects.slice(0, 21), partitionsOfTables: known.partitions, ...used }
}

async function sales(as, admin, subjects, options, skipped) {
  const missing = await writePathMissing(admin)
  if (missing) {
    skipped.push(`${writePath.id} ${writePath.title}: ${missing}`)
    return undefined
  }
  const writes = { ...writePath, ...(await measureWrites(as, subjects, Math.max(1000, Math.min(10_000, Math.floor(options.rows / 100))))) }
  await verifyLedger(admin)
  print(
    `  ${writePath.id} ${writePath.title}, ${writes.clients} clients: p50 ${ms(writes.p50)}  p95 ${ms(writes.p95)}  p99 ${ms(writes.p99)} ms, ${Math.round(writes.perSecond)} a second  target ${writePath.target}`,
  )
  return writes
}

/** Each query on a server that has just started, and whose files nobody has in memory where that can be had. */
async function askCold(server, results, options) {
  if (!server.owned) return
  results.forgot = true
  for (const result of results.queries) {
    await server.stop(true)
    results.forgot = server.forget() && results.forgot
    await server.start(measuring())
    result.cold = await measureCold(
      sessionAs(server),
      queries.find((q) => q.id === result.id),
      results.samples.slice(0, Math.min(21, options.subjects)),
    )
    print(
      `  ${result.id.padEnd(4)} ${result.title.padEnd(42)} first ${ms(result.cold.first).padStart(7)}  p50 ${ms(result.cold.p50).padStart(7)}  p95 ${ms(result.cold.p95).padStart(7)} ms`,
    )
  }
}

/** What the report says of the run itself. */
async function facts(admin, server, options) {
  const shown = ['shared_buffers', 'effective_cache_size', 'work_mem', 'max_wal_size', 'random_page_cost', 'synchronous_commit', 'fsync', 'full_page_writes', 'wal_level', 'autovacuum', 'jit'] // prettier-ignore
  const settings = await admin.query('select name, current_setting(name) as value from unnest($1::text[]) name', [shown])
  const [{ version }] = await admin.query("select current_setting('server_version') as version")
  const [{ share }] = await admin.query('select avg((merchant_id = (select id from bench.merchant where k = 1))::int)::float8 as share from app.transactions')
  const [{ size }] = await admin.query('select pg_database_size(current_database()) as size')
  print(`  the database has ${bytes(size)}`)
  return {
    rows: options.rows,
    merchants: options.merchants,
    seed: options.seed,
    date: new Date().toISOString().slice(0, 10),
    asOf,
    largestShare: share,
    databaseBytes: size,
    machine: { cores: cpus().length, cpu: cpus()[0]?.model.trim() || 'unknown', memoryMb: memoryMb().total, system: `${type()} ${release()}` },
    server: { version, describe: server.describe, settings: Object.fromEntries(settings.map((s) => [s.name, s.value])) },
  }
}

/** What fails the bench, and what only misses its own target. */
function judgeAll(results) {
  results.failures = []
  results.missed = []
  results.partitions = [...results.partitionsOfTables.values()].filter((t) => t === 'transactions').length
  delete results.partitionsOfTables
  delete results.samples
  for (const query of results.queries) {
    if (query.cold?.p95 >= ceiling) results.missed.push(`${query.id} ${query.title}, after a restart: p95 ${ms(query.cold.p95)} ms, ceiling ${ceiling} ms`)
    if (query.cold?.timeouts > 0) results.failures.push(`${query.id} ${query.title}, after a restart: ${query.cold.timeouts} runs were ended by the role's timeout`)
    for (const m of query.modes) {
      const name = `${query.id} ${query.title}, ${m.mode.replace(/force_|_plan/g, '')} plan`
      for (const wrong of m.wrong) results.failures.push(`${name}: ${wrong}`)
      if (m.timeouts > 0) results.failures.push(`${name}: ${m.timeouts} runs were ended by the role's timeout`)
      if (m.p95 >= ceiling) results.failures.push(`${name}: p95 ${ms(m.p95)} ms is not under ${ceiling} ms`)
      if (m.p95 > query.target) results.missed.push(`${name}: p95 ${ms(m.p95)} ms, target ${query.target} ms`)
    }
  }
  const w = results.writes
  if (w && w.p95 >= ceiling) results.failures.push(`${w.id} ${w.title}: p95 ${ms(w.p95)} ms is not under ${ceiling} ms`)
  if (w && w.p95 > w.target) results.missed.push(`${w.id} ${w.title}: p95 ${ms(w.p95)} ms, target ${w.target} ms`)
}

function write(results, options) {
  const out = resolve(options.out ?? join(root, 'docs'))
  mkdirSync(join(out, 'benchmarks'), { recursive: true })
  for (const [name, svg] of Object.entries(plots(results))) writeFileSync(join(out, 'benchmarks', name), svg)
  writeFileSync(join(out, 'benchmarks', 'results.json'), `${JSON.stringify(results, null, 1)}\n`)
  writeFileSync(join(out, 'benchmarks.md'), report(results, 'benchmarks'))
  print(`written: ${join(out, 'benchmarks.md')}`)
}
