import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig, loadDeclaration, withDefaultOwner } from '../../src/declare/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'declare-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const load = (path = 'schema') => loadDeclaration(path, { cwd: folder })
const table = (name: string, columns = 'id: uuid()'): string =>
  `import { table, uuid, text } from 'pgintent'\nexport const ${name} = table('app', '${name}', {\n  columns: { ${columns} },\n})\n`

describe('loadDeclaration', () => {
  test('reads every file of a folder but tests, types, configurations and packages', async () => {
    write({
      'schema/a.ts': table('a'), 'schema/deep/er/b.ts': table('b'), 'schema/a.test.ts': 'throw 1', 'schema/types.d.ts': 'declare const x: 1',
      'schema/schema.config.ts': 'throw 1', 'schema/node_modules/x/index.ts': 'throw 1', 'schema/.hidden/x.ts': 'throw 1',
    }) // prettier-ignore
    const { model, files, namespaces } = await load()
    expect(files).toEqual(['schema/a.ts', 'schema/deep/er/b.ts'])
    expect(namespaces).toEqual(['app'])
    expect([...model.objects.keys()]).toEqual(['namespace:app', 'table:app.a', 'column:app.a.id', 'table:app.b', 'column:app.b.id'])
  })

  test('resolves imports with and without extension, packages from where the file lies, and JSON', async () => {
    write({
      'schema/one.ts': `import { two } from './two'\nimport { three } from './lib/three.js'\nimport name from 'names'\nimport data from './data.json'\nimport { join } from 'node:path'
        import { table, text } from 'pgintent'\ntable('app', name, { columns: { [two]: text(), [three]: text(), [data.four]: text(), [join('a', 'b')]: text() } })`,
      'schema/two.ts': `export const two = 'two'`,
      'schema/lib/three.ts': `export const three: string = 'three'`,
      'schema/data.json': `{ "four": "four" }`,
      'node_modules/names/package.json': `{ "name": "names", "type": "module", "exports": { "import": "./index.js" } }`,
      'node_modules/names/index.js': `export default new URL(import.meta.url).pathname.includes('node_modules') ? 'named' : 'bundled'`,
    })
    const { model } = await load()
    expect([...model.objects.keys()].filter((id) => id.startsWith('column:'))).toEqual(['two', 'three', 'four', '"a/b"'].map((c) => `column:app.named.${c}`))
  })

  test('keeps declarations of packages that say they have no side effects', async () => {
    write({ 'package.json': '{ "type": "module", "sideEffects": false }', 'schema/a.ts': table('a') })
    expect((await load()).model.objects.has('table:app.a')).toBe(true)
  })

  test('knows where everything was declared: the call in the file, not the helper it goes through', async () => {
    write({
      'schema/lib.ts': `import { table, uuid, type Columns } from 'pgintent'\nexport function tenant(name: string, columns: Columns) {\n  return table('app', name, { columns: { id: uuid(), ...columns } })\n}`,
      'schema/a.ts': `import { text } from 'pgintent'\nimport { tenant } from './lib.ts'\n\ntenant('a', {})\nfor (const n of ['b', 'c'])\n  tenant(n, { name: text() })\n;['d'].forEach((n) => tenant(n, {}))\n`,
    })
    const { model } = await load()
    const at = (id: string) => model.objects.get(id)!.at
    expect(at('table:app.a')).toEqual({ file: 'schema/a.ts', line: 4, column: 1 })
    expect(at('column:app.c.name')).toEqual({ file: 'schema/a.ts', line: 6, column: 3 })
    expect(at('table:app.d')).toMatchObject({ file: 'schema/a.ts', line: 7 })
  })

  test('gives the position with every rename, owner and copy of an object', async () => {
    write({ 'schema/a.ts': `import { table, uuid } from 'pgintent'\n\ntable('app', 'a', { columns: { id: uuid().renamedFrom('key') } })` })
    const { model, renames } = await load()
    expect(renames).toEqual([{ from: 'column:app.a.key', to: 'column:app.a.id', at: { file: 'schema/a.ts', line: 3, column: 1 } }])
    const owned = withDefaultOwner(model, 'boss')
    expect({ ...owned.objects.get('owner(table:app.a)')! }.at).toEqual({ file: 'schema/a.ts', line: 3, column: 1 })
  })

  test('does not mix two loads', async () => {
    write({ 'one/a.ts': table('a'), 'two/b.ts': table('b') })
    const [one, two] = await Promise.all([load('one'), load('two/b.ts')])
    expect([one.model.objects.has('table:app.b'), two.model.objects.has('table:app.a')]).toEqual([false, false])
    expect([one.model.objects.has('table:app.a'), two.model.objects.has('table:app.b')]).toEqual([true, true])
  })

  test('a failed load leaves nothing behind', async () => {
    write({ 'bad/a.ts': `${table('a')}\nthrow new Error('no')`, 'good/b.ts': table('b') })
    await expect(load('bad')).rejects.toThrow()
    expect([...(await load('good')).model.objects.keys()]).not.toContain('table:app.a')
  })

  test.each<[string, { [path: string]: string }, string | RegExp]>([
    ['no folder', {}, 'schema: there is no such folder or file; name the declaration with --schema or in schema.config.ts, or make one with `schema init`'],
    ['no file', { 'schema/readme.md': '' }, /^schema: it holds no \*\.ts file; /],
    ['nothing declared', { 'schema/a.ts': 'export {}' }, /^schema: it declares nothing; /],
    ['a file that does not compile', { 'schema/a.ts': `const x = {\n  y z\n}` }, 'schema/a.ts:2:5: it does not compile: Expected "}" but found "z"; correct the file'],
    ['an import of nothing', { 'schema/a.ts': `import './b.ts'` }, /^schema\/a.ts:1:8: it does not compile: Could not resolve ".\/b.ts"; correct the file$/],
    ['a package that is not there', { 'schema/a.ts': `import 'absent'` }, /^schema\/a.ts:1:8: .*; install the package absent beside the declaration, or correct the import$/],
    [
      'a file that throws',
      { 'schema/a.ts': `const f = (x: { y?: { z: 1 } }) => x.y!.z\n\nf({})` },
      /^schema\/a.ts:1:41: it throws: Cannot read properties of undefined \(reading 'z'\); correct the declaration$/,
    ],
    [
      'a word used wrongly',
      { 'schema/a.ts': `import { table, text } from 'pgintent'\n\ntable('app', 't', { columns: { a: text() },\n  indexes: { i: ['b'] } })` },
      'schema/a.ts:3:1: index i on app.t: app.t has no column "b"; use one of a',
    ],
    ['one object twice', { 'schema/a.ts': table('a'), 'schema/b.ts': `\n${table('a')}` }, /^schema\/b.ts:3:18: .*declared twice, first at schema\/a.ts:2:18; /],
    [
      'an attribute of another type',
      { 'schema/a.ts': `import { role } from 'pgintent'\nrole('r', { connectionLimit: 'many' as never })` },
      /^schema\/a.ts:2:1: role r: attribute connectionLimit: .*expected number.*; /,
    ],
  ])('%s', async (_, files, message) => {
    write(files)
    await expect(load()).rejects.toThrow(message)
  })
})

describe('loadConfig', () => {
  const config = (path?: string) => loadConfig(path, folder)

  test('reads a configuration, with paths relative to it', async () => {
    write({ 'db/schema.config.ts': `import { defineConfig } from 'pgintent'\nexport default defineConfig({ schema: 'tables', manage: { owner: 'boss', namespaces: '*' } })` })
    const loaded = await config('db/schema.config.ts')
    expect(loaded).toEqual({
      config: { schema: 'tables', manage: { owner: 'boss', namespaces: '*' } },
      file: join(folder, 'db/schema.config.ts'),
      dir: join(folder, 'db'),
      schemaDir: join(folder, 'db/tables'),
    })
  })

  test('has defaults where there is none', async () => {
    expect(await config()).toMatchObject({ config: { schema: 'schema' }, file: null, schemaDir: join(folder, 'schema') })
  })

  test.each<[string, string, RegExp]>([
    ['an unknown option', `export default { schema: 'a', uri: 'x' }`, /^schema.config.ts: there is no option uri; use one of schema, url/],
    ['a wrong option', `export default { schema: 'a', manage: { roles: 1 } }`, /^schema.config.ts: option manage.roles: .*expected array/],
    ['no default export', `export const x = 1`, /^schema.config.ts: it has no default export; /],
  ])('refuses %s', async (_, text, message) => {
    write({ 'schema.config.ts': text })
    await expect(config()).rejects.toThrow(message)
  })

  test('refuses a file that is not there', async () => {
    await expect(config('other.ts')).rejects.toThrow(/^other.ts: there is no such configuration; /)
  })
})
