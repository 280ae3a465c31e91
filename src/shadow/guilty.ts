import { DatabaseError, type Connection } from '../db/index.ts'
import { kindNamed } from '../kinds/index.ts'
import type { Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'
import type { PlannedStep } from '../plan/plan.ts'

interface Part {
  readonly object: DbObject
  readonly start: number
  readonly end: number
}

/**
 * Which object of a refused step PostgreSQL means: a CREATE TABLE carries columns, checks and keys. It is asked for in this
 * order: where the error points to, which constraint it names, what the statement succeeds without. The transaction is the
 * same afterwards. In: SQL as it was sent, which begins with the step's own.
 */
export async function guilty(connection: Connection, step: PlannedStep, error: DatabaseError, model: Model): Promise<DbObject | undefined> {
  const whole = model.objects.get(step.id)
  const text = step.sql[0] ?? ''
  const parts = partsOf(step, text, model)
  if (parts.length === 0) return whole
  if (error.position !== undefined) {
    const at = [...step.sql.join(';\n')].slice(0, error.position - 1).join('').length
    return parts.find((p) => p.start <= at && at < p.end)?.object ?? whole
  }
  const named = parts.find((p) => p.object.path.at(-1) === error.constraint)
  return (named ?? (await spoiler(connection, text, parts)) ?? parts.find((p) => error.message.includes(`"${p.object.path.at(-1)}"`)))?.object ?? whole
}

/** Where in a statement the clauses of the carried objects stand. */
function partsOf(step: PlannedStep, text: string, model: Model): Part[] {
  let from = text.indexOf('(') + 1
  return step.carries.flatMap((id) => {
    const object = model.objects.get(id)
    const clause = object && kindNamed(object.kind).inline?.(object, { model, inlined: () => [] })?.clause
    const start = clause ? text.indexOf(clause, from) : -1
    if (!object || !clause || start < 0) return []
    from = start + clause.length
    return [{ object, start, end: from }]
  })
}

/** The part without which the statement succeeds. Constraints come last and are tried first: a column they need cannot be left out. */
async function spoiler(connection: Connection, text: string, parts: readonly Part[]): Promise<Part | undefined> {
  for (const p of [...parts].reverse()) {
    const rest = text.slice(p.end)
    const before = text.slice(0, p.start)
    const without = rest.startsWith(',') ? before + rest.slice(1) : before.replace(/,\s*$/, '') + rest
    await connection.script('SAVEPOINT without')
    const failed = await connection.script(without).then(
      () => false,
      (error: unknown) => error instanceof DatabaseError,
    )
    await connection.script('ROLLBACK TO SAVEPOINT without; RELEASE SAVEPOINT without')
    if (!failed) return p
  }
  return undefined
}
