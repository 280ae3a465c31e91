import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the documents that come from the declaration are as it would make them now', { timeout: 120_000 }, () => {
  const ran = spawnSync(process.execPath, [join(root, 'momo/docs/generate.mjs'), '--check'], { cwd: root, encoding: 'utf8' })
  expect(ran.stderr + ran.stdout).not.toContain('stale')
  expect(ran.status).toBe(0)
})

/** Quotation marks as a program writes them. */
const plain = (text: string): string => text.replaceAll('’', "'").replaceAll("\\'", "'")

test('the links of the documents lead somewhere, and the tests that the threat model names are there', () => {
  const missing: string[] = []
  const documents = readdirSync(join(root, 'docs')).filter((f) => f.endsWith('.md'))
  for (const name of documents) {
    for (const [, target] of readFileSync(join(root, 'docs', name), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)) {
      const parts = target!.split('/')
      const folder = join(root, 'docs', ...parts.slice(0, -1))
      if (!readdirSync(folder).includes(parts.at(-1)!)) missing.push(`${name}: ${target}`)
    }
  }
  const model = readFileSync(join(root, 'docs/threat-model.md'), 'utf8')
  const tests = readdirSync(join(root, 'test/momo')).join(' ')
  for (const [, file] of model.matchAll(/`(?:test\/momo\/)?([\w-]+\.test\.ts)`/g)) if (!tests.includes(file!)) missing.push(`threat-model.md: ${file}`)
  const sources = (folder: string): string => readdirSync(join(root, folder)).filter((f) => f.endsWith('.ts')).map((f) => readFileSync(join(root, folder, f), 'utf8')).join('\n') // prettier-ignore
  const said = plain(sources('test/momo') + sources('access'))
  const pitfalls = model.slice(model.indexOf('## Pitfalls'), model.indexOf('## Other limits')).replace(/\*\*[^*]+\*\*/g, '')
  for (const [, quoted] of pitfalls.matchAll(/\*([^*\n]+)\*/g)) {
    if (/^(Deployment|Every day|seals)$/.test(quoted!)) continue
    for (const part of plain(quoted!).split('…')) if (!said.includes(part.trim())) missing.push(`threat-model.md: ${part}`)
  }
  expect(missing).toEqual([])
})
