import { connect, DatabaseError, type Connection } from '../db/index.ts'
import { ident } from '../sql/identifier.ts'
import type { AccessDeclaration } from '../declare/index.ts'
import type { Finding } from '../report/index.ts'
import type { Arena } from './arena.ts'
import { cameTo, outcomeText, type Came } from './came-to.ts'
import type { AttackReport } from './report.ts'
import type { Actor } from './session.ts'

type Attack = AccessDeclaration['attacks'][number]
type Transaction = Attack['transactions'][number]

/** Runs an attack: its actor logs in and does what it says. */
export async function runAttack(arena: Arena, attack: Attack, actor: Actor): Promise<{ report: AttackReport; finding: Finding | null }> {
  const { name, why, limit } = attack
  const several = attack.transactions.length > 1
  const database = several ? await arena.copy() : undefined
  let came: readonly Came[]
  try {
    const connection = await connect(await arena.login(actor.login, database), { applicationName: 'pgintent test' })
    try {
      came = await transactions(connection, attack, actor, several ? 'COMMIT' : 'ROLLBACK')
    } finally {
      await connection.close()
    }
  } finally {
    if (database !== undefined) await arena.drop(database)
  }
  const wrong = came.findIndex((c) => !c.ok)
  const at = wrong < 0 ? came.length - 1 : wrong
  const expected = outcomeText(attack.transactions[at]!.expect)
  const report = { name, actor: actor.name, why, limit, expected, observed: came[at]!.to, ok: wrong < 0 }
  if (report.ok) return { report, finding: null }
  const which = several ? `transaction ${at + 1}: ` : ''
  const finding: Finding = {
    rule: 'attack', level: 'error', id: `attack ${JSON.stringify(name)}`, message: `attack "${name}" by "${actor.name}": ${which}expected ${expected}, came to ${report.observed}`,
    todo: 'close the hole, or correct the attack', ...(attack.at === undefined ? {} : { at: attack.at }),
  } // prettier-ignore
  return { report, finding }
}

async function transactions(connection: Connection, attack: Attack, actor: Actor, end: 'COMMIT' | 'ROLLBACK'): Promise<Came[]> {
  const out: Came[] = []
  try {
    if (actor.role !== actor.login) await connection.script(`SET ROLE ${ident(actor.role)}`)
    for (const t of attack.transactions) {
      await connection.script('BEGIN')
      const came = await attempt(connection, t, actor)
      out.push(came)
      if (!came.ok) break
      await connection.script('error' in t.expect ? 'ROLLBACK' : end)
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    out.push({ to: errorText(error), ok: false })
  }
  return out
}

async function attempt(connection: Connection, { context, sql, expect }: Transaction, actor: Actor): Promise<Came> {
  const statements = [...(context ? actor.context : []), ...sql]
  for (const [i, statement] of statements.entries()) {
    const last = i === statements.length - 1
    try {
      const rows = await connection.script(statement)
      if (last) return cameTo(expect, rows, connection.lastCount)
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      const place = last ? '' : ` in statement ${i + 1} of ${statements.length}`
      return { to: `${errorText(error)}${place}`, ok: last && 'error' in expect && expect.error === error.code }
    }
  }
  return { to: 'nothing', ok: false }
}

const errorText = (error: DatabaseError): string => `error ${error.code} ${error.message}`
