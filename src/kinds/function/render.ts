import type { DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { dollar, literal } from '../../sql/literal.ts'
import { settingValue } from '../setting.ts'
import type { Alteration } from '../contract.ts'
import type { FunctionAttrs } from './index.ts'

type Routine = DbObject<FunctionAttrs>

export const routine = (o: Routine): string => (o.attrs.routine === 'procedure' ? 'PROCEDURE' : 'FUNCTION')
export const signature = (o: Routine): string => `${qualified(o.path.slice(0, 2))}(${o.path[2]})`

export function createFunction(o: Routine): string[] {
  const a = o.attrs
  const lines = [`CREATE OR REPLACE ${routine(o)} ${qualified(o.path.slice(0, 2))}(${a.arguments})`]
  if (a.returns !== null) lines.push(`RETURNS ${a.returns}`)
  lines.push(`LANGUAGE ${ident(a.language)}`)
  const traits: string[] = []
  if (a.routine === 'window') traits.push('WINDOW')
  if (a.volatility !== 'volatile') traits.push(a.volatility.toUpperCase())
  if (a.parallel !== 'unsafe') traits.push(`PARALLEL ${a.parallel.toUpperCase()}`)
  if (a.strict) traits.push('STRICT')
  if (a.securityDefiner) traits.push('SECURITY DEFINER')
  if (a.leakproof) traits.push('LEAKPROOF')
  if (a.cost !== null) traits.push(`COST ${a.cost}`)
  if (a.rows !== null) traits.push(`ROWS ${a.rows}`)
  if (a.support !== null) traits.push(`SUPPORT ${a.support}`)
  if (traits.length > 0) lines.push(traits.join(' '))
  for (const [k, v] of Object.entries(a.settings).sort()) lines.push(`SET ${settingName(k)} TO ${settingValue(k, v)}`)
  lines.push(body(a))
  return [lines.join('\n')]
}

const settingName = (name: string): string => name.split('.').map(ident).join('.')

function body(a: FunctionAttrs): string {
  if (a.parsed) return a.body
  if (a.library !== null) return `AS ${literal(a.library)}, ${literal(a.body)}`
  return `AS ${a.language === 'internal' || a.language === 'c' ? literal(a.body) : dollar(a.body)}`
}

const withoutDefaults = (text: string): string => text.replace(/ DEFAULT ('([^']|'')*'|\([^)]*\)|[^,()']|\([^,]*?\))*/g, '')

/** CREATE OR REPLACE may add defaults, and nothing else, to the arguments. */
export function alterArguments(from: Routine, to: Routine): Alteration {
  const added = withoutDefaults(to.attrs.arguments) === withoutDefaults(from.attrs.arguments) && !from.attrs.arguments.includes(' DEFAULT ')
  return added ? createFunction(to) : 'replace'
}
