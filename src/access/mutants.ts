import type { Connection } from '../db/index.ts'
import type { AccessDeclaration } from '../declare/index.ts'
import { kindNamed } from '../kinds/index.ts'
import { UserError } from '../model/error.ts'
import type { Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'
import type { Finding } from '../report/index.ts'
import { literal } from '../sql/literal.ts'
import { operations } from '../words/access-registry.ts'
import { expectedOf } from './expected.ts'
import type { ByOperation, Target } from './observe.ts'
import type { Grants } from './privileges.ts'
import { meets } from './reach.ts'
import type { Relation } from './relation.ts'
import type { MutantReport } from './report.ts'
import { begin, type Actor } from './session.ts'
import { tryAttack } from './try-attack.ts'
import { tryOperation } from './try-operation.ts'

interface Mutant {
  readonly object: DbObject
  /** What is wrong with which object: `policy own: USING (true)`. */
  readonly what: string
  readonly sql: readonly string[]
  readonly concerns: readonly string[] | 'owner'
  readonly gives: boolean
}

interface Given {
  readonly connection: Connection
  readonly model: Model
  readonly access: AccessDeclaration
  readonly targets: readonly Target[]
  readonly grants: (actor: Actor, relation: Relation) => Grants
  readonly observed: (actor: Actor, relation: Relation) => ByOperation
  readonly say: (what: string) => void
}

/**
 * Makes one mutant after the other, in transactions that are undone, and asks whether an expectation or an attack notices. The
 * declaration must be met as it is. A mutant that gives more to actors who reach every row already is none, and is only counted.
 */
export async function tryMutants(given: Given): Promise<{ report: MutantReport; findings: Finding[] }> {
  const { connection, model, access, targets, say } = given
  const attacks = await steady(connection, access)
  const isMember = await memberships(connection, access.actors)
  const report = { made: 0, noticed: 0, nothingToGive: [] as string[], unnoticed: [] as { table: string; what: string; why: string }[] }
  const findings: Finding[] = []
  const explained = new Set<AccessDeclaration['unnoticed'][number]>()
  for (const target of targets) {
    const { relation } = target
    const mutants = [...model.objects.values()].filter((o) => o.parent === relation.id).flatMap(mutantsOf)
    for (const mutant of mutants) {
      report.made++
      say(`mutant ${report.made}: ${relation.name} ${mutant.what}`)
      const actors = access.actors.filter((a) => given.grants(a, relation).any && isMember(a, mutant.concerns === 'owner' ? [relation.owner] : mutant.concerns))
      if (mutant.gives && actors.every((a) => reachesAll(relation, given.observed(a, relation)))) {
        report.nothingToGive.push(`${relation.name} ${mutant.what}`)
      } else if ((await cellsNotice(given, target, mutant, actors)) || (await attacksNotice(connection, access, attacks, mutant))) {
        report.noticed++
      } else {
        const known = access.unnoticed.find((u) => u.table === relation.id && new RegExp(u.what.source, u.what.flags.replace(/[gy]/g, '')).test(mutant.what))
        if (known === undefined) findings.push(survivor(relation, mutant))
        else {
          explained.add(known)
          report.unnoticed.push({ table: relation.name, what: mutant.what, why: known.why })
        }
      }
    }
  }
  for (const u of access.unnoticed)
    if (!explained.has(u))
      findings.push({ rule: 'unnoticed', level: 'error', id: u.table, message: `no mutant of ${u.name} goes unnoticed that ${u.what} speaks of`, todo: 'take it out, or correct the pattern', ...(u.at === undefined ? {} : { at: u.at }) }) // prettier-ignore
  return { report, findings }
}

function mutantsOf(object: DbObject): Mutant[] {
  const { mutants, label } = kindNamed(object.kind)
  const name = object.path.length > 2 ? `${label} ${object.path.at(-1)}` : label
  return (mutants?.(object) ?? []).map((m) => ({ ...m, object, what: `${name}: ${m.what}` }))
}

/** Whether an actor's operations already reach every row, as far as they have the privilege: then row security keeps nothing from them. */
const reachesAll = (relation: Relation, of: ByOperation): boolean =>
  operations.every((o) => {
    const { denied, reached, refusals } = of[o]
    // What a trigger refuses, row security had let through.
    return o === 'truncate' || denied || reached.size === relation.rows.length || (o !== 'insert' && reached.size === 0 && refusals.length >= relation.rows.length)
  })

async function cellsNotice({ connection, access, grants }: Given, { relation, fresh }: Target, { sql }: Mutant, actors: readonly Actor[]): Promise<boolean> {
  const expectation = access.expectations.find((e) => e.table === relation.id)
  if (expectation === undefined) return false
  for (const actor of actors) {
    const trial = await begun(connection, actor, sql)
    if (trial === null) return true
    try {
      for (const operation of operations) {
        if (operation === 'truncate') continue
        const seen = await tryOperation(operation, { trial, relation, grants: grants(actor, relation), fresh })
        if (!meets(expectedOf(expectation, actor, operation), seen, relation, actor)) return true
      }
    } finally {
      await trial.end()
    }
  }
  return false
}

/** Null for an actor who cannot even begin any more: that is noticed. */
async function begun(connection: Connection, actor: Actor, before: readonly string[]) {
  try {
    return await begin(connection, actor, before)
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/** The attacks that come to what is declared on a superuser's connection too. */
async function steady(connection: Connection, { attacks, actors }: AccessDeclaration): Promise<AccessDeclaration['attacks']> {
  const out: AccessDeclaration['attacks'][number][] = []
  for (const attack of attacks)
    if (
      await tryAttack(
        connection,
        attack,
        actors.find((a) => a.name === attack.actor)!,
      )
    )
      out.push(attack)
  return out
}

async function attacksNotice(connection: Connection, { actors }: AccessDeclaration, attacks: AccessDeclaration['attacks'], { sql }: Mutant): Promise<boolean> {
  for (const attack of attacks) {
    try {
      if (
        (await tryAttack(
          connection,
          attack,
          actors.find((a) => a.name === attack.actor)!,
          sql,
        )) === false
      )
        return true
    } catch (error) {
      if (error instanceof UserError) return true
      throw error
    }
  }
  return false
}

async function memberships(connection: Connection, actors: readonly Actor[]): Promise<(actor: Actor, roles: readonly string[]) => boolean> {
  const list = [...new Set(actors.map((a) => a.role))].map(literal).join(', ')
  const rows = await connection.script<{ member: string; role: string }>(
    `SELECT m::text AS member, r.rolname::text AS role FROM unnest(ARRAY[${list}]::text[]) m, pg_roles r WHERE pg_has_role(m, r.oid, 'USAGE')`,
  )
  const known = new Set(rows.map((r) => `${r.member}\0${r.role}`))
  return (actor, roles) => roles.some((role) => role === 'public' || known.has(`${actor.role}\0${role}`))
}

function survivor(relation: Relation, { object, what }: Mutant): Finding {
  const at = object.at ?? relation.at
  return {
    rule: 'mutant', level: 'error', id: object.id, message: `no expectation and no attack notices ${relation.name} ${what}`,
    todo: 'declare rows or an attack that it would spoil, or say with unnoticed(…) why nothing can', ...(at === undefined ? {} : { at }),
  } // prettier-ignore
}
