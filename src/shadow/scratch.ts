import { randomBytes } from 'node:crypto'
import { connect, DatabaseError, redactUrl, versionText, withDatabase, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { requireExtensions } from './extensions.ts'
import { installations } from './machine.ts'
import type { Shadow, ShadowWish } from './shadow.ts'

const prefix = 'pgintent_shadow_'

/**
 * A scratch database of its own on somebody's server, dropped at `close`, and at SIGINT and SIGTERM. A session that
 * bears the database's name stays open as long as it lives; a database without that session was left by a killed
 * run, and the next run drops it.
 *
 * Throws a UserError when the server cannot be reached, is older than 15, lacks an extension, or refuses CREATE
 * DATABASE.
 */
export async function openScratch(url: string, wish: ShadowWish): Promise<Shadow> {
  const where = `shadow on ${redactUrl(url)}`
  const name = `${prefix}${Math.floor(Date.now() / 1000).toString(36)}_${randomBytes(4).toString('hex')}`
  const keeper = await connect(url, { applicationName: name, minimumVersion: 15 })
  try {
    await requireExtensions(keeper, wish.extensions, where, installations)
    await sweepDatabases(keeper)
    await create(keeper, name, where)
  } catch (error) {
    await keeper.close()
    throw error
  }
  let closed: Promise<void> | undefined
  const close = () => (closed ??= drop(keeper, name, unhook))
  const unhook = onSignal(close)
  return {
    url: withDatabase(url, name),
    versionNum: keeper.versionNum,
    describe: `scratch database on PostgreSQL ${versionText(keeper.versionNum)}`,
    exclusiveCluster: false,
    close,
  }
}

async function create(keeper: Connection, name: string, where: string): Promise<void> {
  try {
    // template0, because template1 may hold objects of the server's owner.
    await keeper.query(`create database ${name} template template0`)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const todo = error.code === '42501' ? 'grant the user CREATEDB, or choose another shadow' : 'choose another shadow'
    throw new UserError({ where, what: `no scratch database can be made: ${error.message}`, todo }, { cause: error })
  }
}

async function drop(keeper: Connection, name: string, unhook: () => void): Promise<void> {
  unhook()
  try {
    await keeper.query(`drop database if exists ${name} with (force)`)
  } finally {
    await keeper.close()
  }
}

/** Drops what killed runs have left. A failure is left to the next run: another one may be dropping the same. */
async function sweepDatabases(keeper: Connection): Promise<void> {
  const stale = await keeper.query<{ name: string }>(
    `select datname::text as name from pg_catalog.pg_database d
      where starts_with(datname::text, $1) and not exists (
        select from pg_catalog.pg_stat_activity a where a.application_name = d.datname::text or a.datid = d.oid)`,
    [prefix],
  )
  for (const { name } of stale) {
    if (/^pgintent_shadow_[0-9a-z]+_[0-9a-f]{8}$/.test(name)) {
      await keeper.query(`drop database if exists ${name}`).catch(() => undefined)
    }
  }
}

function onSignal(close: () => Promise<void>): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const handler = (signal: NodeJS.Signals) => {
    // With our handler gone, the same signal then does what it would have done.
    void close()
      .catch(() => undefined)
      .then(() => process.kill(process.pid, signal))
  }
  for (const signal of signals) process.once(signal, handler)
  return () => {
    for (const signal of signals) process.removeListener(signal, handler)
  }
}
