// The whole line on a real PostgreSQL that this script starts and removes: plan, review, apply, rows under row security,
// a second version, drift, rollback, docs. Everything between the headings is what the command itself prints.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { connect, openShadow } = await import(join(root, 'dist/testing.js'))
const work = join(root, '.cache/demo')
rmSync(work, { recursive: true, force: true })
mkdirSync(work, { recursive: true })
const started = performance.now()
const server = await openShadow('embedded', { major: 15, extensions: [] })

try {
  say(`A fresh ${server.describe}`)
  schema(['plan', '--url', server.url, '--out', path('plan-1')])
  say('Nothing was written yet. Apply it:')
  schema(['apply', path('plan-1'), '--url', server.url, '--yes'])
  schema(['drift', '--url', server.url])

  say('Two merchants, and one cashier who sees one of them (SET ROLE momo_api, context from api.begin_request)')
  await sql(readFileSync(join(root, 'scripts/demo/rows.sql'), 'utf8'))

  say('A second version of the declaration: new column, new index, changed policy, renamed column')
  cpSync(join(root, 'schema'), join(work, 'schema'), { recursive: true })
  for (const edit of JSON.parse(readFileSync(join(root, 'scripts/demo/version-2.json'), 'utf8'))) change(edit)
  writeFileSync(join(work, 'schema.config.ts'), readFileSync(join(root, 'schema.config.ts'), 'utf8'))
  const second = ['--config', path('schema.config.ts'), '--url', server.url]
  schema(['plan', ...second, '--out', path('plan-2')])
  schema(['apply', path('plan-2'), ...second, '--yes'])

  say('Somebody tampers by hand')
  await sql('alter table app.transactions disable row level security; alter table app.users add column x int; drop index app.devices_user;')
  schema(['drift', ...second], [2])
  say('A rollback refuses what it does not know, and a plan mends it')
  schema(['rollback', path('plan-2'), ...second, '--yes'], [3])
  schema(['apply', ...second, '--yes', '--allow', 'drop_column'])

  say('Back to the first version, rows and all')
  schema(['rollback', path('plan-2'), ...second, '--yes'])
  schema(['drift', '--url', server.url])
  await sql('select count(*) as transactions from app.transactions')
  schema(['status', '--url', server.url])

  say('Documents of the declaration')
  schema(['docs', '--out', path('docs')])
  say(`Done in ${((performance.now() - started) / 1000).toFixed(0)} s; the plans and documents are in ${relative(process.cwd(), work)}`)
} finally {
  await server.close()
}

function path(name) {
  return relative(process.cwd(), join(work, name))
}

function say(text) {
  console.log(`\n━━ ${text}\n`)
}

/** Runs the command as a user would and stops the demo when it ends otherwise than it should. */
function schema(args, expected = [0]) {
  const shown = args.map((a) => (a === server.url ? '$DATABASE_URL' : a)).join(' ')
  console.log(`$ schema ${shown}`)
  const r = spawnSync(process.execPath, [join(root, 'bin/schema'), ...args], { stdio: ['ignore', 'inherit', 'inherit'], cwd: process.cwd() })
  if (!expected.includes(r.status)) throw new Error(`schema ${shown} ended with ${r.status}, expected ${expected.join(' or ')}`)
  console.log(r.status === 0 ? '' : `(exit ${r.status})\n`)
}

/** Runs statements one after the other in one session and prints what each SELECT answers, refusals too. */
async function sql(text) {
  const connection = await connect(server.url)
  try {
    for (const statement of text
      .split(/;\s*$/m)
      .map((s) => s.trim())
      .filter(Boolean)) {
      console.log(`sql> ${statement.replace(/\n/g, '\n     ')};`)
      try {
        const rows = await connection.script(statement)
        if (rows.length > 0 && /\b(select|returning)\b/i.test(statement)) console.table(rows)
      } catch (error) {
        if (!/^-- refused/m.test(statement)) throw error
        console.log(`     PostgreSQL: ${error.message}`)
      }
    }
  } finally {
    await connection.close()
  }
}

function change({ file, from, to }) {
  const target = join(work, 'schema', file)
  const text = readFileSync(target, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} no longer has the text that version 2 changes: ${from}`)
  writeFileSync(target, text.replace(from, to))
}
