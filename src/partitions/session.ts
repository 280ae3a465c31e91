import type { Connection } from '../db/index.ts'
import { lockDatabase, requireSession, unlockDatabase } from '../apply/lock.ts'
import { UserError } from '../model/error.ts'
import { setTimeout as sleep } from 'node:timers/promises'

/** Values are written as any server reads them back, letter by letter. */
export const settings: readonly string[] = [
  "SET search_path = ''", "SET client_encoding = 'UTF8'", "SET datestyle = 'ISO, MDY'", "SET intervalstyle = 'postgres'", "SET timezone = 'UTC'",
  "SET bytea_output = 'hex'", 'SET extra_float_digits = 1', "SET lc_monetary = 'C'", 'SET xmloption = content',
] // prettier-ignore

/** A policy that would hide rows is then an error: what is counted, archived and held must be everything. */
export const everyRow = 'SET row_security = off'

export interface SessionWish {
  /** Milliseconds that a statement waits for a lock. */
  readonly lockTimeout: number
  /** Milliseconds to wait for another command that is changing this database. */
  readonly patience: number
  readonly more?: readonly string[]
}

/** Runs `use` as the one command that changes this database, with settings of its own. Throws UserError when another one is at it. */
export async function alone<T>(connection: Connection, wish: SessionWish, use: () => Promise<T>): Promise<T> {
  await requireSession(connection)
  // Asked again and again, because a session that waits for the lock inside a statement would keep a concurrent detach waiting.
  for (const end = Date.now() + wish.patience; !(await lockDatabase(connection));) {
    if (Date.now() >= end)
      throw new UserError({ where: 'partitions', what: 'another command is changing this database', todo: 'wait for it; `schema status` shows an apply', code: 'refused' })
    await sleep(100 + Math.random() * 100)
  }
  try {
    const own = ['SET synchronize_seqscans = off', 'SET statement_timeout = 0', 'SET idle_in_transaction_session_timeout = 0']
    await connection.script([...settings, ...own, ...(wish.more ?? []), `SET lock_timeout = ${wish.lockTimeout}`].join('; '))
    return await use()
  } finally {
    await connection.script('ROLLBACK; RESET ALL').catch(() => undefined)
    await unlockDatabase(connection)
  }
}
