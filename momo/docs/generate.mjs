// npm run docs: the documents of the MoMo schema that are made from its declaration. With --check nothing is written, and a
// document that is not as it would be made now ends the command with 2.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { tablesOf } from './declaration.mjs'
import { indexGuide } from './indexes.mjs'
import { retentionPolicy } from './retention.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const check = process.argv.includes('--check')
// Partitions are listed up to a day: the documents speak of this one, so that they do not go stale because a month has passed.
const env = { ...process.env, PGINTENT_TODAY: process.env.PGINTENT_TODAY ?? '2026-11-01' }
process.env.PGINTENT_TODAY = env.PGINTENT_TODAY

const { loadDeclaration } = await import(join(root, 'dist/testing.js'))
const tables = tablesOf((await loadDeclaration(join(root, 'schema'))).model)
const results = JSON.parse(readFileSync(join(root, 'docs/benchmarks/results.json'), 'utf8'))

/** A module of the declaration, as JavaScript. */
async function declared(file) {
  const folder = mkdtempSync(join(tmpdir(), 'momo-docs-'))
  try {
    const out = join(folder, 'module.mjs')
    await build({ entryPoints: [join(root, file)], outfile: out, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' })
    return await import(pathToFileURL(out).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const { retention } = await declared('schema/retention-classes.ts')
let stale = false
for (const [name, text] of [
  ['docs/indexes.md', indexGuide(tables, results)],
  ['docs/retention.md', retentionPolicy(tables, retention)],
]) {
  const file = join(root, name)
  if (!check) writeFileSync(file, text)
  else if (read(file) !== text) {
    stale = true
    console.error(`${name}: it is not as the declaration would make it now; run npm run docs`)
  }
}
const made = spawnSync(process.execPath, [join(root, 'bin/schema'), 'docs', ...(check ? ['--check'] : [])], { cwd: root, stdio: 'inherit', env })
process.exitCode = stale ? 2 : (made.status ?? 1)

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
