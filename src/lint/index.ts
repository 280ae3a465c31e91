import { UserError } from '../model/error.ts'
import type { Model } from '../model/model.ts'
import type { DbObject, Position } from '../model/object.ts'
import { Look } from './look.ts'
import type { Finding, Level, Options, Rule } from './rule.ts'
import * as all from './rules/index.ts'

export type { Finding, Level, Options } from './rule.ts'

/** Every rule with its usual level and what it is about, by name. */
export const rules: readonly Rule[] = Object.values(all).sort((a, b) => (a.name < b.name ? -1 : 1))

const usual: Options = { tenantColumns: ['merchant_id', 'tenant_id'] }

/**
 * What the rules say about a model, in order of rule and object: equal models give equal findings.
 * `levels` overrides the usual level of a rule; a name that is no rule's is a UserError.
 */
export function lint(model: Model, levels: Readonly<Record<string, Level>> = {}, options: Partial<Options> = {}): Finding[] {
  refuseUnknown(levels)
  const look = new Look(model)
  return rules.flatMap((rule) => {
    const level = levels[rule.name] ?? rule.level
    if (level === 'off') return []
    const problems = [...rule.check({ look, options: { ...usual, ...options }, asked: levels[rule.name] !== undefined })]
    problems.sort((a, b) => (a.object.id < b.object.id ? -1 : a.object.id > b.object.id ? 1 : 0))
    return problems.map((p): Finding => {
      const at = positionOf(model, p.object)
      return { rule: rule.name, level, id: p.object.id, message: p.message, todo: p.todo, ...(at ? { at } : {}) }
    })
  })
}

/** Where an object was declared; for one that was not written down by itself, where what it belongs to was. */
function positionOf(model: Model, o: DbObject<unknown>): Position | undefined {
  const parent = o.parent === null ? undefined : model.objects.get(o.parent)
  return o.at ?? (parent ? positionOf(model, parent) : undefined)
}

function refuseUnknown(levels: Readonly<Record<string, Level>>): void {
  const name = Object.keys(levels).find((n) => !rules.some((r) => r.name === n))
  if (name !== undefined) throw new UserError({ where: `lint rule ${name}`, what: 'there is no such rule', todo: `use one of ${rules.map((r) => r.name).join(', ')}` })
}
