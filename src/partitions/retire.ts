import { openRetirements, markRetirement } from '../apply/retirements.ts'
import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { qualified } from '../sql/identifier.ts'
import type { Candidate } from './candidates.ts'
import { detach } from './detach.ts'
import { archiveAndDrop, HeldMeanwhile, type Dropped } from './drop.ts'
import { holdsOn } from './holds.ts'
import { passing, type Patience } from './patience.ts'
import { referring, referringText } from './references.ts'

export interface Retiring {
  /** Where archives go; null drops without. */
  readonly folder: string | null
  /** Allows a detach that is not concurrent, where a DEFAULT partition leaves no other. */
  readonly plain: boolean
  readonly patience: Patience
}

/** What came of one partition: dropped, or why not. */
export interface Outcome {
  readonly candidate: Candidate
  readonly dropped: Dropped | null
  readonly refused: string | null
}

/** Why a partition stays, or null. In: the oids of those that go before it; rows of theirs that refer to it do not count. */
export async function refusal(connection: Connection, c: Candidate, plain: boolean, before: readonly number[]): Promise<string | null> {
  if (c.refused !== null) return c.refused
  const reasons = await holdsOn(connection, qualified(c.path), c.month?.holds ?? null)
  if (reasons.length > 0) return `it is held: ${reasons.join('; ')}`
  if (c.live === null || c.live.pending) return null
  if (c.live.besideDefault && !plain)
    return 'its table has a DEFAULT partition, beside which PostgreSQL detaches nothing concurrently: --plain-detach locks the whole table instead'
  const rows = await referring(connection, c.live, before)
  return rows.length === 0 ? null : referringText(rows)
}

/** Retires what may go, one after the other; what is refused does not keep the others. Throws UserError when something fails. */
export async function retire(connection: Connection, list: readonly Candidate[], how: Retiring, say: (o: Outcome) => void): Promise<Outcome[]> {
  const out: Outcome[] = []
  for (const candidate of list) {
    const outcome = await one(connection, candidate, how)
    say(outcome)
    out.push(outcome)
  }
  return out
}

async function one(connection: Connection, candidate: Candidate, { folder, plain, patience }: Retiring): Promise<Outcome> {
  const no = await refusal(connection, candidate, plain, [])
  if (no !== null) return { candidate, dropped: null, refused: no }
  try {
    const id = await detach(connection, candidate, plain, patience)
    return { candidate, dropped: await archiveAndDrop(connection, candidate, id, folder, patience), refused: null }
  } catch (error) {
    if (error instanceof HeldMeanwhile) return { candidate, dropped: null, refused: `it is detached, and held since: ${error.message}` }
    throw error instanceof DatabaseError ? failed(candidate, error) : error
  }
}

function failed(c: Candidate, error: DatabaseError): UserError {
  const detail = error.detail === undefined ? '' : ` (${error.detail.replace(/\n/g, ', ')})`
  const todo = passing(error)
    ? 'wait until the tables are free, or raise --lock-timeout; the next run goes on from here'
    : error.code === '2BP01'
      ? 'drop what depends on it; it is detached, and the next run goes on from here'
      : error.code === '42501'
        ? 'connect as the owner of the table, or as a member of it'
        : 'mend the cause; the next run goes on from here'
  return new UserError({ where: `partition ${qualified(c.path)}`, what: `${error.message}${detail}`, todo }, { cause: error })
}

/** Closes the books on what an earlier run began and what is over by now: attached again, or dropped by somebody else. */
export async function settle(connection: Connection): Promise<void> {
  for (const o of await openRetirements(connection)) {
    if (o.now === 'attached') await markRetirement(connection, o.id, 'kept')
    if (o.now === 'gone') await markRetirement(connection, o.id, 'gone')
  }
}
