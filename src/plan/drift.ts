import { diff, type Change } from '../diff/diff.ts'
import { kindNamed } from '../kinds/index.ts'
import type { Model } from '../model/model.ts'
import type { Position } from '../model/object.ts'
import { planSteps } from './plan.ts'

/** One difference between a database and its declaration, and the SQL that would mend it. */
export interface DriftFinding {
  readonly rule: string
  readonly level: 'error'
  readonly id: string
  readonly message: string
  readonly todo: string
  readonly at?: Position
}

/** Every difference, outermost first: a missing table speaks for its columns. */
export function driftFindings(current: Model, desired: Model): DriftFinding[] {
  const changes = diff(current, desired)
  const ids = new Set(changes.filter((c) => c.type !== 'alter').map((c) => c.id))
  const sql = new Map<string, string>()
  for (const s of planSteps(current, desired)) for (const id of [s.id, ...s.carries]) sql.set(id, `${sql.has(id) ? `${sql.get(id)} ` : ''}${s.sql.join('; ')};`)
  return changes.filter((c) => !(c.type !== 'alter' && parentOf(c) !== null && ids.has(parentOf(c)!))).map((c) => finding(c, brief(sql.get(c.id) ?? 'schema plan shows the way')))
}

const parentOf = (c: Change): string | null => (c.type === 'create' ? c.to.parent : c.type === 'drop' ? c.from.parent : null)

function finding(c: Change, sql: string): DriftFinding {
  const o = c.type === 'drop' ? c.from : c.to
  const label = `${kindNamed(o.kind).label} ${subject(c.id)}`
  const at = o.at ? { at: o.at } : {}
  if (c.type === 'create') return { rule: 'missing', level: 'error', id: c.id, message: `${label} is declared and not in the database`, todo: sql, ...at }
  if (c.type === 'drop') return { rule: 'undeclared', level: 'error', id: c.id, message: `${label} is in the database and not declared`, todo: `declare it, or ${sql}`, ...at }
  const how = c.attributes.map((n) => `${n} is ${show(c.from.attrs[n])}, declared ${show(c.to.attrs[n])}`).join('; ')
  return { rule: 'different', level: 'error', id: c.id, message: `${label} differs: ${how}`, todo: sql, ...at }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent')
  const line = text.replace(/\s+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 117)}...` : line
}

/** What an id is about: `app.users` of `table:app.users`, `table:app.users` of `comment(table:app.users)`. */
function subject(id: string): string {
  const at = id.search(/[:(]/)
  return id[at] === ':' ? id.slice(at + 1) : id.slice(at + 1).replace(/\)(?=[^)]*$)/, '')
}

/** What mends it on one line; a long body is for the plan to show. */
function brief(sql: string): string {
  const line = sql.replace(/\s+/g, ' ')
  return line.length > 240 ? `${line.slice(0, 200)} … (schema plan shows it whole)` : line
}
