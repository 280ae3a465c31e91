import type { PlanDocument } from './document.ts'

/** The settings under which every step's SQL was made and proved. */
export const sessionSettings = [
  "SET client_encoding = 'UTF8'",
  'SET standard_conforming_strings = on',
  'SET check_function_bodies = off',
  "SET search_path = ''",
  "SET timezone = 'UTC'",
  'SET client_min_messages = warning',
]

/** forward.sql or rollback.sql: runs alone under `psql -v ON_ERROR_STOP=1 -f`, with every transaction boundary written out. */
export function scriptOf(plan: PlanDocument, direction: 'forward' | 'rollback'): string {
  const steps = plan[direction]
  const lines = [
    `-- pgintent plan ${plan.id}: ${direction}`,
    `-- for ${plan.target.database}, PostgreSQL ${plan.target.server}`,
    `-- leads from state ${(direction === 'forward' ? plan.source : plan.desired).slice(0, 16)} to ${(direction === 'forward' ? plan.desired : plan.source).slice(0, 16)}`,
    '',
    ...sessionSettings.map((s) => `${s};`),
    "SET lock_timeout = '5s';",
  ]
  let segment = -1
  for (const [i, s] of steps.entries()) {
    if (s.segment !== segment) {
      if (segment >= 0) lines.push('', 'COMMIT;')
      lines.push('', 'BEGIN;')
      segment = s.segment
    }
    lines.push('', `-- ${i + 1}. ${s.action} ${oneLine(s.id)}`)
    for (const h of s.hazards) lines.push(`--    ${h.name}: ${oneLine(h.sentence)}`)
    for (const statement of s.sql) lines.push(`${statement};`)
  }
  if (segment >= 0) lines.push('', 'COMMIT;')
  return `${lines.join('\n')}\n`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
