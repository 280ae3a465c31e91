import { fileOf, type Finding, type Meta } from './finding.ts'

/** The workflow commands that GitHub Actions turns into annotations of a pull request. */
export function github(findings: readonly Finding[], meta: Meta): string {
  return findings.map((f) => `${annotation(f, meta)}\n`).join('')
}

function annotation(f: Finding, meta: Meta): string {
  const file = fileOf(f, meta) ?? meta.fallback
  const place = file === undefined ? [] : [`file=${property(file)}`, `line=${f.at?.line ?? 1}`, ...(f.at === undefined ? [] : [`col=${f.at.column}`])]
  return `::${f.level === 'error' ? 'error' : 'warning'} ${[...place, `title=${property(`${f.rule}: ${f.id}`)}`].join(',')}::${data(`${f.message}; ${f.todo}`)}`
}

/** The escapes of the runner: what would end the line, and in a property what would end the property. */
const data = (value: string): string => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (value: string): string => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')
