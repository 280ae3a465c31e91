import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject, Position } from '../model/object.ts'
import { planSteps, type PlannedStep } from '../plan/plan.ts'

const preamble = `SET client_min_messages = warning; SET check_function_bodies = off; SET search_path = public; `

/** Roles that a model speaks of but does not manage; they must exist before anything can be granted to them. */
export function foreignRoles(model: Model): string[] {
  const out = new Set<string>()
  for (const o of model.objects.values()) {
    for (const r of o.refs) {
      if (!r.startsWith('role:') || model.objects.has(r)) continue
      const name = r.slice('role:'.length)
      const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
      if (!plain.startsWith('pg_')) out.add(plain)
    }
  }
  return [...out].sort()
}

function ensureRoles(names: readonly string[]): string {
  return names
    .map((n) => {
      const text = `'${n.replaceAll("'", "''")}'`
      return `DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${text}) THEN EXECUTE pg_catalog.format('CREATE ROLE %I', ${text}); END IF; END $do$; `
    })
    .join('')
}

/**
 * Builds a model in an empty database, inside the transaction that is open. The database's own namespace `public` goes
 * first, so that what is there afterwards is the model and nothing else. Throws UserError at the declaration's line when
 * PostgreSQL refuses something.
 */
export async function build(connection: Connection, model: Model): Promise<void> {
  await connection.script(`${preamble}DROP SCHEMA IF EXISTS public CASCADE; ${ensureRoles(foreignRoles(model))}`)
  const steps = planSteps(modelOf([]), model)
  const script = steps.flatMap((s) => s.sql).join(';\n')
  if (script === '') return
  try {
    await connection.script(`SAVEPOINT whole; ${script}; RELEASE SAVEPOINT whole`)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await connection.script('ROLLBACK TO SAVEPOINT whole')
    await buildInRounds(connection, steps, model)
  }
}

/** What a declaration did not say it needs is found by trying: a step that fails waits for the next round, until a round gets nowhere. */
async function buildInRounds(connection: Connection, steps: readonly PlannedStep[], model: Model): Promise<void> {
  let waiting = [...steps]
  while (waiting.length > 0) {
    const failed: { step: PlannedStep; error: DatabaseError }[] = []
    for (const step of waiting) {
      try {
        await connection.script(`SAVEPOINT step; ${step.sql.join(';\n')}; RELEASE SAVEPOINT step`)
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error
        await connection.script('ROLLBACK TO SAVEPOINT step')
        failed.push({ step, error })
      }
    }
    if (failed.length === waiting.length) throw refused(failed[0]!.step, failed[0]!.error, model)
    waiting = failed.map((f) => f.step)
  }
}

function refused(step: PlannedStep, error: DatabaseError, model: Model): UserError {
  const carried = step.carries.map((id) => model.objects.get(id)).filter((o): o is DbObject => o !== undefined)
  const guilty = carried.find((o) => mentions(error, o)) ?? model.objects.get(step.id)
  const where = guilty?.at ?? step.at
  const hint = error.hint ? ` (${error.hint})` : ''
  return new UserError({
    where: where ? positionText(where) : step.id,
    what: `PostgreSQL refuses ${guilty?.id ?? step.id}: ${error.message}${hint}`,
    todo: 'correct the declaration',
  })
}

/** Best guess at which child of a CREATE TABLE the message is about. */
function mentions(error: DatabaseError, o: DbObject): boolean {
  return error.message.includes(`"${o.path.at(-1)}"`)
}

export function positionText(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`
}

