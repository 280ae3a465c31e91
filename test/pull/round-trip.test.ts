import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { loadConfig, loadDeclaration, withDefaultOwner } from '../../src/declare/index.ts'
import { everything, introspect } from '../../src/introspect/index.ts'
import type { Model } from '../../src/model/model.ts'
import { writeDeclaration } from '../../src/pull/index.ts'
import { testServer } from '../support/postgres.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
beforeAll(() => {
  // Below the project, so that what is written can be checked with its types.
  mkdirSync(join(root, '.cache'), { recursive: true })
  folder = mkdtempSync(join(root, '.cache', 'pull-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function modelOf(script: string): Promise<Model> {
  const connection = await connect(await (await testServer()).freshDatabase())
  try {
    await connection.script(script)
    const roles = await connection.query<{ name: string }>(`select rolname as name from pg_roles where rolname like 'pull\\_%'`)
    return await introspect(connection, { ...everything, roles: roles.map((r) => r.name) })
  } finally {
    await connection.close()
  }
}

/** Writes a model, loads what was written, and expects the same objects with the same attributes and parents. */
async function expectBack(model: Model, name: string): Promise<Map<string, string>> {
  const texts = writeDeclaration(model)
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true })
    writeFileSync(join(folder, name, path), text)
  }
  const { config, schemaDir } = await loadConfig(join(folder, name, 'schema.config.ts'))
  const { model: loaded } = await loadDeclaration(schemaDir)
  const plain = (m: Model) => Object.fromEntries([...m.objects.values()].map((o) => [o.id, { attrs: o.attrs, parent: o.parent }]))
  expect(plain(withDefaultOwner(loaded, config.manage?.owner))).toEqual(plain(model))
  return texts
}

async function typeCheck(name: string): Promise<string> {
  const options = { extends: join(root, 'tsconfig.json'), compilerOptions: { paths: { pgintent: [join(root, 'src/index.ts')] } }, include: ['.'] }
  writeFileSync(join(folder, name, 'tsconfig.json'), JSON.stringify(options))
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', join(folder, name)]).catch((e: { stdout: string }) => e)
  return stdout
}

const script = readFileSync(new URL('everything.sql', import.meta.url), 'utf8')

test('everything comes back, whatever its name, and type-checks', async () => {
  const model = await modelOf(script)
  const texts = await expectBack(model, 'everything')
  expect([...texts.keys()]).toContain('schema/foreign-keys.ts')
  expect(await typeCheck('everything')).toBe('')
  // Written from the same objects in another order, the files are the same.
  const shuffled = { ...model, objects: new Map([...model.objects].reverse()) }
  expect(writeDeclaration(shuffled)).toEqual(texts)
})

test('a part of a database comes back when the rest is not managed', async () => {
  const connection = await connect(await (await testServer()).freshDatabase())
  try {
    await connection.script(`create schema a; create schema b; create table a.parent (id int primary key, t text) partition by range (id); create table b.base (n int);
      create table b.part partition of a.parent for values from (1) to (10); create table b.child (id int references a.parent (id), more int) inherits (b.base);
      create table a.inherited () inherits (b.base); create function b.f() returns trigger language plpgsql as 'begin return new; end';
      create trigger t before insert on a.inherited for each row execute function b.f()`)
    for (const namespaces of [['b'], ['a']]) await expectBack(await introspect(connection, { ...everything, namespaces }), namespaces[0]!)
  } finally {
    await connection.close()
  }
})

test('an empty database is a configuration and its public namespace', async () => {
  const texts = await expectBack(await modelOf(''), 'empty')
  expect([...texts.keys()]).toEqual(['schema.config.ts', 'schema/public/namespace.ts', 'schema/roles.ts'])
})
