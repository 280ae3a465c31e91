import { fileOf, type Finding, type Meta } from './finding.ts'

/**
 * JUnit XML: one suite, a case for each rule that found nothing and for each finding. An error is a failure; a warning is
 * a passed case that says so, as the format has no word for it and a failure would stop the build.
 */
export function junit(findings: readonly Finding[], meta: Meta): string {
  const found = new Set(findings.map((f) => f.rule))
  const quiet = (meta.rules ?? []).filter((r) => !found.has(r.name)).map((r) => `    <testcase classname="${escape(r.name)}" name="nothing found"/>`)
  const nothing = quiet.length + findings.length === 0 ? [`    <testcase classname="${escape(meta.command)}" name="nothing found"/>`] : []
  const cases = [...findings.map((f) => oneCase(f, meta)), ...quiet, ...nothing]
  const counts = `tests="${cases.length}" failures="${findings.filter((f) => f.level === 'error').length}" errors="0"`
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pgintent" ${counts}>\n  <testsuite name="${escape(meta.command)}" ${counts} skipped="0">`
  return `${[head, ...cases, '  </testsuite>', '</testsuites>'].join('\n')}\n`
}

function oneCase(f: Finding, meta: Meta): string {
  const file = fileOf(f, meta)
  const place = file === null ? '' : ` file="${escape(file)}" line="${f.at!.line}"`
  const body = escape([file === null ? f.id : `${file}:${f.at!.line}:${f.at!.column}`, f.message, f.todo].join('\n'))
  const inside = f.level === 'error' ? `<failure type="${escape(f.rule)}" message="${escape(f.message)}">${body}</failure>` : `<system-out>warning: ${body}</system-out>`
  return `    <testcase classname="${escape(f.rule)}" name="${escape(f.id)}"${place}>${inside}</testcase>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;', '\t': '&#9;', '\r': '&#13;' }

/** Escapes for text and attributes alike. What XML 1.0 cannot hold at all becomes a question mark. */
function escape(value: string): string {
  return value.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (c) => ('\t\n\r'.includes(c) ? c : '?')).replace(/[&<>"'\n\t\r]/g, (c) => entities[c]!)
}
