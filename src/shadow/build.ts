import { DatabaseError, type Connection } from '../db/index.ts'
import { kindNamed } from '../kinds/index.ts'
import { UserError } from '../model/error.ts'
import { modelOf, type Model } from '../model/model.ts'
import { idOf, satelliteId, type DbObject, type Position } from '../model/object.ts'
import { planSteps, type PlannedStep } from '../plan/plan.ts'
import { badBody } from './bodies.ts'
import { guilty } from './guilty.ts'
import { pinpoint } from './pinpoint.ts'
import { wipe } from './wipe.ts'

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

/** Roles that must be superusers for what they own. */
function ownersOfWeight(model: Model): Set<string> {
  const owns = [...model.objects.values()].filter((o) => kindNamed(o.kind).superuserOwns?.(o)).map((o) => model.objects.get(satelliteId('owner', o.id))?.attrs['role'])
  return new Set(owns.filter((r) => typeof r === 'string'))
}

function ensureRoles(names: readonly string[], superusers: ReadonlySet<string>): string {
  return names
    .map((n) => {
      const text = `'${n.replaceAll("'", "''")}'`
      return `DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${text}) THEN EXECUTE pg_catalog.format('CREATE ROLE %I${superusers.has(n) ? ' SUPERUSER' : ''}', ${text}); END IF; END $do$; `
    })
    .join('')
}

/** Namespaces that a model needs and does not manage: where an extension was put. They are made, and kept out of what is read back. */
export function borrowedNamespaces(models: readonly Model[]): string[] {
  const out = new Set<string>()
  for (const m of models) for (const o of m.objects.values()) for (const r of o.refs) if (r.startsWith('namespace:') && !m.objects.has(r)) out.add(r)
  return [...out].sort()
}

/** What is read back of a build, without the namespaces it borrowed and what is said of them. */
export function withoutBorrowed(printed: Model, borrowed: readonly string[]): Model {
  if (borrowed.length === 0) return printed
  return modelOf([...printed.objects.values()].filter((o) => !borrowed.includes(o.id) && !(o.parent !== null && borrowed.includes(o.parent))), printed.version, printed.unmanaged) // prettier-ignore
}

/** The name in an id of one part. */
const nameIn = (id: string): string => id.slice(id.indexOf(':') + 1)

/**
 * Builds a model in an empty database, inside the transaction that is open. The database's own namespace `public` goes
 * first, so that what is there afterwards is the model and nothing else. Throws UserError at the declaration's line when
 * PostgreSQL refuses something, and when SQL of the declaration ends the transaction. Roles that `others` speak of are made too.
 */
export async function build(connection: Connection, model: Model, others: readonly Model[] = []): Promise<void> {
  const outsiders = [...new Set([model, ...others].flatMap(foreignRoles))].filter((name) => !model.objects.has(idOf('role', name)))
  const superusers = new Set([model, ...others].flatMap((m) => [...ownersOfWeight(m)]))
  const borrowed = borrowedNamespaces([model, ...others]).filter((id) => !model.objects.has(id)).map((id) => `CREATE SCHEMA ${nameIn(id)}; `).join('') // prettier-ignore
  // The savepoint goes ahead on its own: of a script with a syntax error nothing is run at all.
  const start = `${preamble}DROP SCHEMA IF EXISTS public CASCADE; ${ensureRoles(outsiders, superusers)}${borrowed}SAVEPOINT whole`
  await connection.script(start)
  const steps = planSteps(modelOf([]), model)
  const script = steps.flatMap((s) => s.sql).join(';\n')
  if (script === '') return
  try {
    await connection.script(`${script}\n; RELEASE SAVEPOINT whole`)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    if (!(await undone(connection, 'whole'))) {
      await wipe(connection)
      await connection.script(`BEGIN; ${start}`)
    }
    await buildInRounds(connection, steps, model)
  }
  const bad = await badBody(connection, model)
  if (bad !== null) throw refusal(model, bad.object, bad.message)
}

/** What a declaration did not say it needs is found by trying: a step that fails waits for the next round, until a round gets nowhere. */
async function buildInRounds(connection: Connection, steps: readonly PlannedStep[], model: Model): Promise<void> {
  let waiting = [...steps]
  while (waiting.length > 0) {
    const failed: Failed[] = []
    for (const step of waiting) {
      await connection.script('SAVEPOINT step')
      try {
        await connection.script(`${step.sql.join(';\n')}\n; RELEASE SAVEPOINT step`)
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error
        if (!(await undone(connection, 'step'))) throw refusal(model, model.objects.get(step.id), 'its SQL ends the transaction it runs in', step)
        failed.push({ step, error })
      }
    }
    if (failed.length === waiting.length) throw await refused(connection, failed, model)
    waiting = failed.map((f) => f.step)
  }
}

/** Goes back to a savepoint; false when it is gone because something ended its transaction, which is then ended in any case. */
async function undone(connection: Connection, savepoint: string): Promise<boolean> {
  try {
    await connection.script(`ROLLBACK TO SAVEPOINT ${savepoint}`)
    return true
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await connection.script('ROLLBACK')
    return false
  }
}

interface Failed {
  readonly step: PlannedStep
  readonly error: DatabaseError
}

/** The first that was refused for itself and not for want of another one that was refused. */
async function refused(connection: Connection, failed: readonly Failed[], model: Model): Promise<UserError> {
  const wants = ({ step, error }: Failed): boolean =>
    failed.some((other) => other.step !== step && /does not exist/.test(error.message) && error.message.includes(model.objects.get(other.step.id)?.path.at(-1) ?? '\0'))
  const { step, error } = failed.find((f) => !wants(f)) ?? failed[0]!
  // An undefined function or operator is often one that another major has, and the hint of the server never speaks of majors.
  const asked = error.code === '42883' ? `this is PostgreSQL ${Math.floor(connection.versionNum / 10_000)}` : undefined
  const said = [error.detail, error.hint, asked].filter((s) => s !== undefined).map((s) => s.replace(/\s+/g, ' ').replace(/\.$/, ''))
  return refusal(model, await guilty(connection, step, error, model), `${error.message}${said.length === 0 ? '' : ` (${said.join('; ')})`}`, step)
}

function refusal(model: Model, o: DbObject | undefined, message: string, step?: PlannedStep): UserError {
  const at = (o && placeOf(model, o)) ?? step?.at
  const id = o?.id ?? step?.id ?? 'the declaration'
  return new UserError({ where: at ? positionText(at) : id, what: `PostgreSQL refuses ${id}: ${message}`, todo: 'correct the declaration' })
}

/** A child declared by its parent's call has that call's position, which is looked at more closely. */
function placeOf(model: Model, o: DbObject): Position | undefined {
  const above = o.parent === null ? undefined : model.objects.get(o.parent)?.at
  if (!o.at || !above || positionText(above) !== positionText(o.at)) return o.at
  return pinpoint(o.at, o.path.at(-1)!, kindNamed(o.kind).label)
}

export function positionText(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`
}
