import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { formatFindings, formats, type Finding, type Meta } from '../../src/report/index.ts'

const nasty = `100% of "x" <y> & 'z'\nsecond: line, with a comma \u0000\uD800 é`
const findings: readonly Finding[] = [
  {
    rule: 'table-without-primary-key',
    level: 'error',
    id: 'table:app.users',
    message: 'app.users has no primary key',
    todo: 'declare one',
    at: { file: '/repo/schema/a, b.ts', line: 12, column: 3 },
  },
  { rule: 'inexact-amount', level: 'warn', id: 'column:app."a:b".x', message: nasty, todo: nasty },
]
const meta: Meta = {
  command: 'lint',
  version: '1.2.3',
  root: '/repo',
  fallback: 'schema.config.ts',
  rules: [
    { name: 'inexact-amount', about: 'Amounts are exact.' },
    { name: 'table-without-primary-key', about: 'Tables have keys.' },
    { name: 'grant-to-public', about: 'Roles, not PUBLIC.' },
  ],
}

test('text says where, what and what to do, and counts', () => {
  const lines = formatFindings(findings.slice(0, 1), 'text', meta)
  expect(lines).toBe('schema/a, b.ts:12:3: app.users has no primary key; declare one (error: table-without-primary-key)\n1 error\n')
  expect(formatFindings(findings.slice(1), 'text', meta)).toMatch(/^column:app\."a:b"\.x: 100% .*\n[^]*\n1 warning\n$/)
  expect(formatFindings([], 'text', meta)).toBe('nothing found\n')
})

test('json is one document with the counts', () => {
  const document = JSON.parse(formatFindings(findings, 'json', meta))
  expect(document).toMatchObject({ command: 'lint', errors: 1, warnings: 1 })
  expect(document.findings[0].at).toEqual({ file: 'schema/a, b.ts', line: 12, column: 3 })
  expect(document.findings[1].message).toBe(nasty)
})

test('github: one line per finding, with what would end a line or a property escaped', () => {
  expect(formatFindings(findings, 'github', meta).split('\n')).toEqual([
    '::error file=schema/a%2C b.ts,line=12,col=3,title=table-without-primary-key%3A table%3Aapp.users::app.users has no primary key; declare one',
    expect.stringMatching(
      /^::warning file=schema\.config\.ts,line=1,title=inexact-amount%3A column%3Aapp\."a%3Ab"\.x::100%25 of "x" <y> & 'z'%0Asecond: line, with a comma .*; 100%25/,
    ),
    '',
  ])
  expect(formatFindings([], 'github', meta)).toBe('')
  const { fallback: _, ...bare } = meta
  expect(formatFindings(findings.slice(1), 'github', bare)).toMatch(/^::warning title=/)
})

test('sarif has what 2.1.0 requires and code scanning wants', () => {
  const document = JSON.parse(formatFindings(findings, 'sarif', meta))
  expect(document.version).toBe('2.1.0')
  expect(document.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/)
  const [run] = document.runs
  expect(run.tool.driver).toMatchObject({ name: 'pgintent', version: '1.2.3' })
  expect(run.tool.driver.rules.map((r: { id: string }) => r.id)).toEqual(meta.rules!.map((r) => r.name))
  for (const rule of run.tool.driver.rules) expect(rule.shortDescription.text).toEqual(expect.any(String))
  expect(run.results).toHaveLength(2)
  for (const [n, result] of run.results.entries()) {
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
    expect(['error', 'warning', 'note', 'none']).toContain(result.level)
    expect(result.message.text).toBe(`${findings[n]!.message}; ${findings[n]!.todo}`)
    expect(result.locations[0].logicalLocations[0].fullyQualifiedName).toBe(findings[n]!.id)
  }
  expect(run.results.map((r: { locations: { physicalLocation: unknown }[] }) => r.locations[0]!.physicalLocation)).toEqual([
    { artifactLocation: { uri: 'schema/a,%20b.ts' }, region: { startLine: 12, startColumn: 3 } },
    { artifactLocation: { uri: 'schema.config.ts' }, region: { startLine: 1 } },
  ])
  expect(JSON.parse(formatFindings([], 'sarif', meta)).runs[0].results).toEqual([])
  const { rules: _, ...bare } = meta
  expect(JSON.parse(formatFindings(findings, 'sarif', bare)).runs[0].tool.driver.rules).toHaveLength(2)
})

test('sarif: a file outside the root is a file URI', () => {
  const at = { line: 1, column: 1 }
  const uri = (file: string): string =>
    JSON.parse(formatFindings([{ ...findings[0]!, at: { ...at, file } }], 'sarif', meta)).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri
  expect([uri('/else/x#1.ts'), uri('C:\\repo\\x y.ts'), uri('./schema/x.ts')]).toEqual(['file:///else/x%231.ts', 'file:///C:/repo/x%20y.ts', 'schema/x.ts'])
})

test('junit: errors fail, warnings do not, and rules that found nothing are there', () => {
  const xml = formatFindings(findings, 'junit', meta)
  expect(xml).toContain('<testsuite name="lint" tests="3" failures="1" errors="0" skipped="0">')
  expect(xml).toContain(
    '<testcase classname="table-without-primary-key" name="table:app.users" file="schema/a, b.ts" line="12"><failure type="table-without-primary-key" message="app.users has no primary key">',
  )
  expect(xml).toContain('<system-out>warning: ')
  expect(xml).toContain('<testcase classname="grant-to-public" name="nothing found"/>')
  expect(formatFindings([], 'junit', { command: 'drift', version: '1' })).toContain('tests="1" failures="0"')
  for (const text of [xml, formatFindings([], 'junit', meta)]) expectXml(text)
})

test('every format is written', () => {
  expect(formats).toEqual(['text', 'json', 'github', 'sarif', 'junit'])
})

/** Well-formed by xmllint where it is installed, and always by the few shapes that this writer makes. */
function expectXml(xml: string): void {
  const text = String.raw`(?:[^<>&"'\p{Cc}]|&(?:amp|lt|gt|quot|apos|#10|#9|#13);)*`
  const tag = new RegExp(String.raw`<\?xml version="1\.0" encoding="UTF-8"\?>|</(\w[\w-]*)>|<(\w[\w-]*)((?: \w+="${text}")*)(/?)>|([\n ]+|${text})`, 'uy')
  const open: string[] = []
  for (let at = 0; at < xml.length; at = tag.lastIndex) {
    tag.lastIndex = at
    const m = tag.exec(xml)
    expect(m?.[0].length, xml.slice(at, at + 60)).toBeGreaterThan(0)
    if (m![2] !== undefined && m![4] === '') open.push(m![2])
    if (m![1] !== undefined) expect(open.pop()).toBe(m![1])
    if (m![0] === '') break
  }
  expect(open).toEqual([])
  try {
    execFileSync('xmllint', ['--noout', '-'], { input: xml, stdio: ['pipe', 'ignore', 'pipe'] })
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
}
