// Times whole commands against pg_dump of the same database in the same run, and says which bounds are met.
//   npm run bench -- [--runs N] [--tables N] [--json FILE] [--sql FILE]
// BENCH_URL names a superuser URL of a throwaway server; without it an embedded one is started. CORPUS may name a folder of
// real schemas with real/pg_regression.sql in it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generatedSchema } from './schema.mjs'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, tables: { type: 'string', default: '1000' }, json: { type: 'string' }, sql: { type: 'string' } },
})
const root = fileURLToPath(new URL('..', import.meta.url))
const { connect, everything, findPgDump, introspect, openShadow, withDatabase } = await import(join(root, 'dist/testing.js'))
const schema = join(root, 'bin/schema')
const work = mkdtempSync(join(tmpdir(), 'pgintent-bench-'))
const runs = Number(values.runs)

const shadow = process.env.BENCH_URL ? { url: process.env.BENCH_URL, close: async () => undefined } : await openShadow('auto', { major: 15, extensions: [] })
const admin = await connect(shadow.url)
const pgDump = await findPgDump(Math.floor(admin.versionNum / 10000))
const results = []

try {
  time(
    'schema --help',
    () => run('node', [schema, '--help']),
    'node -e 0',
    () => run('node', ['-e', '0']),
    2,
  )
  if (pgDump === null) console.log(`no pg_dump of PostgreSQL ${Math.floor(admin.versionNum / 10000)} is on this machine: nothing to compare with`)
  else {
    await dataset(`generated, ${values.tables} tables`, 'bench_generated', generatedSchema(Number(values.tables)))
    const corpus = process.env.CORPUS && join(process.env.CORPUS, 'real/pg_regression.sql')
    if (corpus && existsSync(corpus)) await dataset('pg_regression', 'bench_regression', readFileSync(corpus, 'utf8'))
    if (values.sql) await dataset(values.sql, 'bench_sql', readFileSync(values.sql, 'utf8'))
  }
  if (values.json) writeFileSync(values.json, JSON.stringify(results, null, 1))
} finally {
  await admin.close()
  await shadow.close()
  rmSync(work, { recursive: true, force: true })
}

async function dataset(title, name, sql) {
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name} template template0`)
  const url = withDatabase(shadow.url, name)
  const file = join(work, `${name}.sql`)
  writeFileSync(file, sql)
  const loaded = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', file], {
    env: { ...process.env, PGOPTIONS: '-c client_min_messages=warning' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (loaded.status !== 0) return console.log(`\n${title}: this server cannot hold it (${String(loaded.stderr).split('\n')[0]}); name another with BENCH_URL`)
  console.log(`\n${title}`)
  const folder = join(work, name)
  const dump = () => run(pgDump, ['--schema-only', '-d', url])
  const config = ['--config', join(folder, 'schema.config.ts'), '--url', url]
  await introspection(url, dump)
  time('pull', () => run('node', [schema, 'pull', '--url', url, '--out', folder, '--force']), 'pg_dump', dump)
  time('plan, no change', () => run('node', [schema, 'plan', ...config, '--exit-code']), 'pg_dump', dump, 2)
  time('docs', () => run('node', [schema, 'docs', '--config', join(folder, 'schema.config.ts'), '--out', join(work, 'docs')]), 'pg_dump', dump)
  changeThreeTables(folder)
  time('plan of a three-table change, proved', () => run('node', [schema, 'plan', ...config, '--allow', 'all']), 'pg_dump', dump, 3)
  await admin.query(`drop database if exists ${name} with (force)`)
}

/** The catalogs read into a model, inside one process, beside pg_dump as a whole process. */
async function introspection(url, dump) {
  const connection = await connect(url)
  const ours = []
  for (let i = 0; i <= runs; i++) {
    const start = performance.now()
    await introspect(connection, everything)
    ours.push(performance.now() - start)
  }
  const theirs = Array.from({ length: runs }, () => clock(dump))
  const trips = connection.roundTrips / (runs + 1)
  console.log(
    `  ${'introspection'.padEnd(38)} ${(median(ours.slice(1)) / median(theirs)).toFixed(2).padStart(7)} × pg_dump   (${median(ours.slice(1)).toFixed(0)} ms / ${median(theirs).toFixed(0)} ms; ${trips} round trips)`,
  )
  await connection.close()
}

/** Adds a column to each of three tables of a pulled declaration. */
function changeThreeTables(folder) {
  let left = 3
  for (const file of readdirSync(join(folder, 'schema'), { recursive: true }).map(String)) {
    if (!file.endsWith('.ts') || left === 0) continue
    const path = join(folder, 'schema', file)
    const text = readFileSync(path, 'utf8')
    const changed = text.replace(/^( {2}columns: \{\n)( {4}\w+: )/gm, (all, head, rest) => (left-- > 0 ? `${head}    bench_added: type('integer'),\n${rest}` : all))
    if (changed !== text) writeFileSync(path, /import \{[^}]*\btype\b[^}]*\} from 'pgintent'/.test(changed) ? changed : `import { type } from 'pgintent'\n${changed}`)
  }
  if (left > 0) console.log(`  (only ${3 - left} tables could be changed)`)
}

function run(command, args) {
  const r = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, CI: '1' }, maxBuffer: 1 << 28 })
  if (r.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${r.status}: ${r.stderr}`)
}

/** Interleaves both so that the machine's moods hit both; compares medians. */
function time(what, ours, against, theirs, bound) {
  try {
    ours()
  } catch (error) {
    return console.log(`  ${what.padEnd(38)} does not run here: ${String(error.message).split('\n').slice(-2).join(' ').slice(0, 160)}`)
  }
  const a = []
  const b = []
  for (let i = 0; i <= runs; i++) {
    const x = clock(ours)
    const y = clock(theirs)
    if (i > 0) a.push(x)
    if (i > 0) b.push(y)
  }
  const ratio = median(a) / median(b)
  const verdict = bound === undefined ? '' : ratio <= bound ? `  bound ${bound}: met` : `  bound ${bound}: NOT met`
  console.log(`  ${what.padEnd(38)} ${ratio.toFixed(2).padStart(7)} × ${against}   (${median(a).toFixed(0)} ms / ${median(b).toFixed(0)} ms)${verdict}`)
  results.push({ what, against, ratio, ours: a, theirs: b, bound })
}

function clock(f) {
  const t = performance.now()
  f()
  return performance.now() - t
}

function median(list) {
  return [...list].sort((x, y) => x - y)[Math.floor(list.length / 2)]
}
