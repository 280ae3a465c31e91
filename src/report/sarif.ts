import { fileOf, type Finding, type Meta } from './finding.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** SARIF 2.1.0, as code scanning and editors read it. */
export function sarif(findings: readonly Finding[], meta: Meta): string {
  const about = new Map(meta.rules?.map((r) => [r.name, r.about]))
  const names = [...new Set([...about.keys(), ...findings.map((f) => f.rule)])]
  const rules = names.map((id) => ({ id, name: id, shortDescription: { text: about.get(id) ?? id.replaceAll('-', ' ') } }))
  const results = findings.map((f) => ({
    ruleId: f.rule,
    ruleIndex: names.indexOf(f.rule),
    level: f.level === 'error' ? 'error' : 'warning',
    message: { text: `${f.message}; ${f.todo}` },
    locations: [location(f, meta)],
    // So that a finding stays the same one when lines move.
    partialFingerprints: { 'rule/object': `${f.rule}:${f.id}` },
  }))
  const driver = { name: 'pgintent', version: meta.version, rules }
  const run = { tool: { driver }, automationDetails: { id: `pgintent/${meta.command}/` }, columnKind: 'utf16CodeUnits', results }
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`
}

/** GitHub takes no result without a file, so one that has none is shown at the fallback. */
function location(f: Finding, meta: Meta): object {
  const file = fileOf(f, meta) ?? meta.fallback
  const region = f.at === undefined ? { startLine: 1 } : { startLine: f.at.line, startColumn: f.at.column }
  return {
    ...(file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uri(file) }, region } }),
    logicalLocations: [{ fullyQualifiedName: f.id }],
  }
}

/** A path as a URI reference: absolute ones become file URIs. */
function uri(file: string): string {
  const path = encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F')
  if (/^[A-Za-z]:\//.test(path)) return `file:///${path}`
  return path.startsWith('/') ? `file://${path}` : path.replace(/^\.\//, '')
}
