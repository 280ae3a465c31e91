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
  const { isOneOf, lenders } = await readRoles(connection, access.actors)
  let [made, noticed] = [0, 0]
  const nothingToGive: string[] = []
  const unnoticed = new Map<AccessDeclaration['unnoticed'][number], string[]>()
  const findings: Finding[] = []
  for (const target of targets) {
    const { relation } = target
    const mutants = [...model.objects.values()].filter((o) => o.parent === relation.id).flatMap(mutantsOf)
    for (const mutant of mutants) {
      made++
      say(`mutant ${made}: ${relation.name} ${mutant.what}`)
      const roles = mutant.concerns === 'owner' ? [relation.owner] : mutant.concerns
      const concerned = access.actors.filter((a) => isOneOf(a.role, roles))
      const actors = concerned.filter((a) => given.grants(a, relation).any)
      const tellers = lenders.some((r) => isOneOf(r, roles)) ? attacks : attacks.filter((a) => concerned.some((c) => c.name === a.actor))
      if (mutant.gives && actors.every((a) => reachesAll(relation, given.observed(a, relation)))) {
        nothingToGive.push(`${relation.name} ${mutant.what}`)
      } else if ((await cellsNotice(given, target, mutant, actors)) || (await attacksNotice(connection, access, tellers, mutant))) {
        noticed++
      } else {
        const known = access.unnoticed.find((u) => new RegExp(u.what.source, u.what.flags.replace(/[gy]/g, '')).test(`${relation.name} ${mutant.what}`))
        if (known === undefined) findings.push(survivor(relation, mutant))
        else unnoticed.set(known, [...(unnoticed.get(known) ?? []), `${relation.name} ${mutant.what}`])
      }
    }
  }
  for (const u of access.unnoticed)
    if (!unnoticed.has(u))
      findings.push({ rule: 'unnoticed', level: 'error', id: `unnoticed ${u.what}`, message: `no mutant goes unnoticed that ${u.what} speaks of`, todo: 'take it out, or correct the pattern', ...(u.at === undefined ? {} : { at: u.at }) }) // prettier-ignore
  const report = { made, noticed, nothingToGive, unnoticed: [...unnoticed].map(([{ what, why }, mutants]) => ({ what: String(what), why, mutants })) }
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

const whoseIs = (attack: AccessDeclaration['attacks'][number], actors: readonly Actor[]): Actor => actors.find((a) => a.name === attack.actor)!

/** The attacks that come to what is declared on a superuser's connection too. */
async function steady(connection: Connection, { attacks, actors }: AccessDeclaration): Promise<AccessDeclaration['attacks']> {
  const out: AccessDeclaration['attacks'][number][] = []
  for (const attack of attacks) if (await tryAttack(connection, attack, whoseIs(attack, actors))) out.push(attack)
  return out
}

async function attacksNotice(connection: Connection, { actors }: AccessDeclaration, attacks: AccessDeclaration['attacks'], { sql }: Mutant): Promise<boolean> {
  for (const attack of attacks) {
    try {
      if ((await tryAttack(connection, attack, whoseIs(attack, actors), sql)) === false) return true
    } catch (error) {
      if (error instanceof UserError) return true
      throw error
    }
  }
  return false
}

interface Roles {
  /** Whether a role has the rights of one of these; of PUBLIC every role has. */
  readonly isOneOf: (role: string, roles: readonly string[]) => boolean
  /** Roles whose functions and views lend their rights to whoever asks. */
  readonly lenders: readonly string[]
}

async function readRoles(connection: Connection, actors: readonly Actor[]): Promise<Roles> {
  const list = [...new Set(actors.map((a) => a.role))].map(literal).join(', ')
  const rows = await connection.script<{ member: string; role: string; lends: boolean }>(
    `WITH lenders AS (SELECT proowner FROM pg_proc WHERE prosecdef UNION SELECT relowner FROM pg_class WHERE relkind = 'v' AND relnamespace <> 'pg_catalog'::regnamespace)
     SELECT m.rolname::text AS member, r.rolname::text AS role, m.oid IN (TABLE lenders) AS lends FROM pg_roles m, pg_roles r
     WHERE (m.rolname = ANY (ARRAY[${list}]::text[]) OR m.oid IN (TABLE lenders)) AND NOT m.rolsuper AND pg_has_role(m.oid, r.oid, 'USAGE')`,
  )
  const known = new Set(rows.map((r) => `${r.member}\0${r.role}`))
  return { isOneOf: (role, roles) => roles.some((r) => r === 'public' || known.has(`${role}\0${r}`)), lenders: [...new Set(rows.filter((r) => r.lends).map((r) => r.member))] }
}

function survivor(relation: Relation, { object, what }: Mutant): Finding {
  const at = object.at ?? relation.at
  return {
    rule: 'mutant', level: 'error', id: object.id, message: `no expectation and no attack notices ${relation.name} ${what}`,
    todo: 'declare rows or an attack that it would spoil, or say with unnoticed(…) why nothing can', ...(at === undefined ? {} : { at }),
  } // prettier-ignore
}
