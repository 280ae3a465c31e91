import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lint, rules } from '../../src/lint/index.ts'
import { modelOf } from '../../src/model/model.ts'
import type { DbObject } from '../../src/model/object.ts'

test('a rule is a file of its name, and is tested', () => {
  const names = rules.map((r) => r.name)
  const files = (folder: string, end: string): string[] =>
    readdirSync(new URL(folder, import.meta.url))
      .filter((f) => f.endsWith(end))
      .map((f) => f.slice(0, -end.length))
  expect(files('../../src/lint/rules', '.ts').filter((f) => f !== 'index')).toEqual(names)
  expect(files('.', '.test.ts').filter((f) => f !== 'lint')).toEqual(names)
})

test('a level for no rule is refused', () => {
  expect(() => lint(modelOf([]), { 'table-without-primry-key': 'off' })).toThrow(
    /lint rule table-without-primry-key: there is no such rule; use one of .*table-without-primary-key/,
  )
})

test('a finding is told where its object, or what it belongs to, was declared', () => {
  const base = { parent: null, refs: [] as string[] }
  const attrs = {
    unlogged: false,
    partitionBy: null,
    partitionOf: null,
    inherits: [],
    ofType: null,
    options: {},
    accessMethod: null,
    tablespace: null,
    replicaIdentity: 'default',
    clusterOn: null,
  }
  const at = { file: 'schema/app.ts', line: 3, column: 14 }
  const table: DbObject = { ...base, id: 'table:app.t', kind: 'table', path: ['app', 't'], attrs, at }
  const column: DbObject = { ...base, id: 'column:app.t.m', kind: 'column', path: ['app', 't', 'm'], parent: table.id, attrs: { type: 'money', inherited: false } }
  const found = lint(modelOf([column, table]), { 'table-without-primary-key': 'warn' })
  expect(found.map((f) => [f.rule, f.level, f.id, f.at])).toEqual([
    ['inexact-amount', 'error', 'column:app.t.m', at],
    ['table-without-primary-key', 'warn', 'table:app.t', at],
  ])
})

test('a classification makes an amount of any column', () => {
  const column: DbObject = {
    id: 'column:app.t.x',
    kind: 'column',
    path: ['app', 't', 'x'],
    parent: null,
    refs: [],
    attrs: { type: 'real', inherited: false },
    facts: { classification: 'financial' },
  }
  expect(lint(modelOf([column])).map((f) => f.rule)).toEqual(['inexact-amount'])
})
