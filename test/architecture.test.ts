import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { kinds } from '../src/kinds/index.ts'

const src = fileURLToPath(new URL('../src', import.meta.url))
const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((f) => f.endsWith('.ts'))
const text = (file: string): string => readFileSync(join(src, file), 'utf8')
const folder = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file)

/** What each folder may import of the others. Arrows go one way. */
const arrows: Record<string, readonly string[]> = {
  model: [],
  sql: ['model'],
  kinds: ['model', 'sql'],
  words: ['model', 'sql', 'kinds'],
  report: ['model'],
  db: ['model'],
  diff: ['model', 'sql', 'kinds'],
  introspect: ['model', 'sql', 'kinds', 'db'],
  declare: ['model', 'sql', 'kinds', 'words'],
  pull: ['model', 'sql', 'kinds', 'declare', 'words'],
  plan: ['model', 'sql', 'kinds', 'diff'],
  docs: ['model', 'sql', 'kinds', 'diff'],
  lint: ['model', 'sql', 'kinds'],
  shadow: ['model', 'sql', 'kinds', 'db', 'introspect', 'diff', 'plan'],
  prove: ['model', 'sql', 'kinds', 'db', 'introspect', 'diff', 'plan', 'shadow'],
  apply: ['model', 'sql', 'kinds', 'db', 'introspect', 'diff', 'plan', 'shadow'],
  partitions: ['model', 'sql', 'kinds', 'db', 'plan', 'apply'],
  access: ['model', 'sql', 'kinds', 'db', 'shadow', 'declare', 'words', 'report'],
  cli: ['model', 'sql', 'kinds', 'db', 'introspect', 'diff', 'plan', 'shadow', 'prove', 'apply', 'partitions', 'access', 'declare', 'pull', 'docs', 'lint', 'report', 'words'],
  'index.ts': ['words', 'model', 'kinds', 'sql'],
  'testing.ts': ['db', 'introspect', 'shadow', 'declare'],
}

function importsOf(file: string): string[] {
  return [...text(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!)
}

describe('architecture', () => {
  test('imports follow the arrows', () => {
    const wrong: string[] = []
    for (const file of files) {
      const from = folder(file)
      for (const specifier of importsOf(file)) {
        if (!specifier.startsWith('.')) continue
        const to = folder(relative(src, resolve(src, dirname(file), specifier)))
        if (to !== from && !to.startsWith('..') && !(arrows[from] ?? []).includes(to)) wrong.push(`${file} imports ${specifier}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('a kind never imports another kind, except for its types', () => {
    const wrong: string[] = []
    for (const file of files.filter((f) => /^kinds\/[^/]+\//.test(f))) {
      for (const m of text(file).matchAll(/import (type )?[^'\n]*from '\.\.\/([^/'.]+)\/[^']*'/g)) if (m[1] === undefined) wrong.push(`${file} imports ${m[2]}`)
    }
    expect(wrong).toEqual([])
  })

  test('only db imports the driver', () => {
    expect(files.filter((f) => folder(f) !== 'db' && importsOf(f).some((i) => i === 'pg' || i.startsWith('@databases/')))).toEqual([])
  })

  test('model, sql, kinds, diff, plan, docs, lint and words do no I/O', () => {
    const pure = new Set(['model', 'sql', 'kinds', 'diff', 'plan', 'docs', 'lint', 'report'])
    expect(files.filter((f) => pure.has(folder(f)) && importsOf(f).some((i) => /^node:(fs|net|child_process|http)/.test(i)))).toEqual([])
  })

  test('only cli prints or exits', () => {
    expect(files.filter((f) => folder(f) !== 'cli' && /console\.|process\.(exit|stdout)/.test(text(f)))).toEqual([])
  })

  test('diff and plan never spell a kind', () => {
    const names = kinds
      .map((k) => k.kind)
      .filter((k) => !['index', 'table', 'view', 'column', 'key', 'rule', 'check', 'function', 'comment', 'owner', 'grant', 'raw', 'role', 'domain', 'enum'].includes(k))
    const wrong = files
      .filter((f) => ['diff', 'plan'].includes(folder(f)))
      .flatMap((f) => names.filter((n) => text(f).includes(`'${n}'`) || text(f).includes(`'${n}:`)).map((n) => `${f} says ${n}`))
    expect(wrong).toEqual([])
  })
})
