import type { DbObject } from '../../model/object.ts'
import type { Mutant } from '../contract.ts'
import type { PolicyAttrs } from './index.ts'

type Policy = DbObject<PolicyAttrs>
type Render = (o: Policy) => readonly string[]

const clauses = { using: 'USING', check: 'WITH CHECK' } as const

/**
 * A policy that is not there, that is for everybody, and whose clauses hold always or without one of the conditions that they were
 * put together from. A policy without a check of its own checks new rows by USING, so both change together.
 */
export function mutantsOf(o: Policy, create: Render, drop: Render): Mutant[] {
  const { roles, permissive, using, check } = o.attrs
  const anew = (changed: Partial<PolicyAttrs>): string[] => [...drop(o), ...create({ ...o, attrs: { ...o.attrs, ...changed } })]
  const out: Mutant[] = [{ what: 'dropped', sql: drop(o), concerns: roles, gives: !permissive }]
  for (const [clause, word] of Object.entries(clauses) as ['using' | 'check', string][]) {
    const text = o.attrs[clause]
    if (text === null || text === 'true') continue
    const mutant = (what: string, condition: string): void => void out.push({ what, sql: anew({ [clause]: condition }), concerns: roles, gives: true })
    // A restrictive policy that holds always is one that is not there.
    if (permissive || (using !== null && check !== null)) mutant(`${word} (true)`, 'true')
    const parts = (o.facts?.[clause] ?? []) as readonly string[]
    if (parts.length > 1) parts.forEach((part, i) => mutant(`${word} without ${part}`, parts.filter((_, n) => n !== i).map((p) => `(${p})`).join(' AND '))) // prettier-ignore
  }
  // Where there is a condition, others than its roles would have to meet it as well.
  if (permissive && !roles.includes('public') && using === 'true') out.push({ what: 'TO PUBLIC', sql: anew({ roles: ['public'] }), concerns: ['public'], gives: true })
  return out
}
