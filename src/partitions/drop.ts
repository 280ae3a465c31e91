import { join } from 'node:path'
import { markRetirement } from '../apply/retirements.ts'
import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { identList, qualified } from '../sql/identifier.ts'
import { readArchive, writeArchive, type Content } from './archive.ts'
import type { Candidate } from './candidates.ts'
import { holdsOn } from './holds.ts'
import { archiveName, freePlace, writeManifest } from './manifest.ts'
import { patiently, type Patience } from './patience.ts'

export interface Dropped {
  readonly rows: number
  /** Null without an archive. */
  readonly sha256: string | null
  readonly file: string | null
}

/** Holds that came while the partition was on its way out: it stays, detached. */
export class HeldMeanwhile extends Error {}

/**
 * Archives a detached partition and drops it, in one transaction in which nobody else writes to it: what is dropped is what was archived. In:
 * the folder, or null for no archive. Throws UserError when the archive, read back, is not what the table holds; then nothing is dropped.
 */
export async function archiveAndDrop(connection: Connection, c: Candidate, id: string, folder: string | null, patience: Patience): Promise<Dropped> {
  const name = qualified(c.path)
  const file = folder === null ? null : join(folder, `${archiveName(c.path)}.copy.gz`)
  if (file !== null) freePlace(file, id)
  try {
    await patiently(patience, async () => {
      await connection.script('ROLLBACK').catch(() => undefined)
      await connection.script(`BEGIN; LOCK TABLE ${name} IN SHARE MODE`)
    })
    const [counted] = await connection.query<{ rows: number }>(`select count(*) as rows from ${name}`)
    const content = file === null ? null : await archived(connection, c, id, file, counted!.rows)
    const reasons = await holdsOn(connection, name, c.month?.holds ?? null)
    if (reasons.length > 0) throw new HeldMeanwhile(reasons.join('; '))
    await drop(connection, name, patience)
    await markRetirement(connection, id, 'dropped', { rows: counted!.rows, ...(content === null ? {} : { sha256: content.sha256, file: file! }) })
    await connection.script('COMMIT')
    return { rows: counted!.rows, sha256: content?.sha256 ?? null, file }
  } catch (error) {
    await connection.script('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function archived(connection: Connection, c: Candidate, id: string, file: string, rows: number): Promise<Content> {
  const name = qualified(c.path)
  const columns = await connection.query<{ name: string; type: string }>(
    `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [name],
  )
  const sent = await writeArchive(connection, `COPY (SELECT ${identList(columns.map((x) => x.name))} FROM ${name}) TO STDOUT`, file).catch((error: unknown) => {
    if (error instanceof DatabaseError) throw error
    throw new UserError(
      { where: file, what: `the archive could not be written (${(error as Error).message})`, todo: 'make room or give another folder, and run it again' },
      { cause: error },
    )
  })
  const found = await readArchive(file)
  if (found.sha256 !== sent.sha256 || found.rows !== rows || sent.rows !== rows)
    throw new UserError({
      where: file,
      what: `read back it holds ${found.rows} rows with SHA-256 ${found.sha256}, but the table holds ${rows} and sent ${sent.sha256}`,
      todo: 'check the disk; the table was not dropped',
    })
  const [at] = await connection.query<{ database: string; server: string; now: string; by: string }>(
    `select current_database() as database, current_setting('server_version') as server, to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now, session_user as by`,
  )
  const { database, server, now, by } = at!
  await writeManifest(file, {
    format: 1, retirement: id, database, server, table: [...c.parent], partition: [...c.path], bound: c.bound, columns: [...columns], file: `${archiveName(c.path)}.copy.gz`,
    ...found, archived: now, by,
  }) // prettier-ignore
  return found
}

/** Waits for readers without giving up the archive that was just made. */
async function drop(connection: Connection, name: string, patience: Patience): Promise<void> {
  await connection.script('SAVEPOINT before_drop')
  await patiently(patience, async () => {
    try {
      await connection.script(`DROP TABLE ${name}`)
    } catch (error) {
      await connection.script('ROLLBACK TO SAVEPOINT before_drop')
      throw error
    }
  })
}
