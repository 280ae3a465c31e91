import { fileOf, type Finding, type Meta } from './finding.ts'

/** For programs: one document. */
export function json(findings: readonly Finding[], meta: Meta): string {
  const list = findings.map((f) => {
    const file = fileOf(f, meta)
    return file === null ? f : { ...f, at: { ...f.at, file } }
  })
  const errors = findings.filter((f) => f.level === 'error').length
  return `${JSON.stringify({ command: meta.command, errors, warnings: findings.length - errors, findings: list }, null, 2)}\n`
}
