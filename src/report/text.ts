import { fileOf, type Finding, type Meta } from './finding.ts'

/** For people: `where: what; what to do`, one finding per line, and a count. */
export function text(findings: readonly Finding[], meta: Meta): string {
  const lines = findings.map((f) => `${where(f, meta)}: ${f.message}; ${f.todo} (${f.level}: ${f.rule})`)
  return `${[...lines, count(findings)].join('\n')}\n`
}

function where(f: Finding, meta: Meta): string {
  const file = fileOf(f, meta)
  return file === null ? f.id : `${file}:${f.at!.line}:${f.at!.column}`
}

function count(findings: readonly Finding[]): string {
  const errors = findings.filter((f) => f.level === 'error').length
  const warnings = findings.length - errors
  const say = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  return findings.length === 0 ? 'nothing found' : [errors > 0 ? say(errors, 'error') : '', warnings > 0 ? say(warnings, 'warning') : ''].filter((p) => p !== '').join(', ')
}
