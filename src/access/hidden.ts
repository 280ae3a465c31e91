import type { AccessDeclaration } from '../declare/index.ts'
import type { Model } from '../model/model.ts'
import { idOf } from '../model/object.ts'
import type { Finding } from '../report/index.ts'
import { ident } from '../sql/identifier.ts'
import { DatabaseError } from '../db/index.ts'
import type { Relation } from './relation.ts'
import type { Actor, Trial } from './session.ts'

type Rule = AccessDeclaration['hidden'][number]

/** Tries to read the columns of a table that an actor is not to read. */
export async function tryHidden(trial: Trial, relation: Relation, actor: Actor, rules: readonly Rule[], model: Model): Promise<Finding[]> {
  const out: Finding[] = []
  for (const { name } of relation.columns) {
    const column = model.objects.get(`column${relation.id.slice('table'.length)}.${idOf('', name).slice(1)}`)
    const rule = rules.find((r) => !r.but.includes(actor.name) && hides(r, name, column?.facts?.['classification']))
    if (rule === undefined) continue
    const found = await trial.attempt(`SELECT ${ident(name)} FROM ${relation.name} LIMIT 0`)
    if (found instanceof DatabaseError) continue
    const at = rule.at ?? relation.at
    const message = `"${actor.name}" may read ${relation.name}.${ident(name)}, which ${whatText(rule)} hides`
    out.push({ rule: 'hidden-column', level: 'error', id: column?.id ?? relation.id, message, todo: 'grant SELECT on the other columns only, or name the actor in the rule', ...(at === undefined ? {} : { at }) }) // prettier-ignore
  }
  return out
}

function hides({ what }: Rule, name: string, classification: unknown): boolean {
  return typeof what === 'string' ? what === classification : new RegExp(what.source, what.flags.replace(/[gy]/g, '')).test(name)
}

/** How a rule is spelled. */
export const whatText = ({ what }: Pick<Rule, 'what'>): string => (typeof what === 'string' ? `'${what}'` : String(what))
