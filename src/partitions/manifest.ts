import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { UserError } from '../model/error.ts'
import { identList, qualified } from '../sql/identifier.ts'
import { flush } from './archive.ts'
import { settings } from './session.ts'

const manifest = z.strictObject({
  format: z.literal(1),
  /** The id of the retirement in the journal of the database. */
  retirement: z.string(),
  database: z.string(),
  server: z.string(),
  table: z.array(z.string()),
  partition: z.array(z.string()),
  bound: z.string(),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  file: z.string(),
  rows: z.number(),
  /** Uncompressed, as is what `sha256` was taken of. */
  bytes: z.number(),
  sha256: z.string(),
  archived: z.string(),
  by: z.string(),
})

/** What lies beside an archive and says what it is. */
export type Manifest = z.infer<typeof manifest>

/** A name of a file that any file system and any shell takes as it is. */
const safe = (name: string): string =>
  [...Buffer.from(name)].map((b) => (/[A-Za-z0-9_-]/.test(String.fromCharCode(b)) ? String.fromCharCode(b) : `%${b.toString(16).padStart(2, '0')}`)).join('')

export const archiveName = (path: readonly string[]): string => path.map(safe).join('.')

/** Makes the folder. Throws UserError when nothing can be written there. */
export async function archiveFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const probe = join(folder, `.writable-${process.pid}`)
    await writeFile(probe, '')
    await import('node:fs/promises').then((fs) => fs.rm(probe))
  } catch (error) {
    throw new UserError({ where: folder, what: `nothing can be written there (${(error as Error).message})`, todo: 'give --archive a folder that is yours' }, { cause: error })
  }
}

/** Throws UserError (refused) when the place of an archive is taken by another one. A half-done one of the same retirement is written anew. */
export function freePlace(file: string, retirement: string): void {
  const beside = manifestFile(file)
  if (!existsSync(file) && !existsSync(beside)) return
  const read = existsSync(beside) ? manifest.safeParse(parsed(readFileSync(beside, 'utf8'))) : null
  if (read === null || (read.success && read.data.retirement === retirement)) return
  const what = read.success ? `it holds ${qualified(read.data.partition)} of database ${read.data.database} already` : 'it is there and is no manifest'
  throw new UserError({ where: beside, what, todo: 'give --archive another folder', code: 'refused' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const manifestFile = (file: string): string => file.replace(/\.copy\.gz$/, '.json')

/** Writes the manifest and the script that restores, each there whole or not at all. */
export async function writeManifest(file: string, m: Manifest): Promise<void> {
  for (const [path, text] of [
    [manifestFile(file), `${JSON.stringify(m, null, 2)}\n`],
    [file.replace(/\.copy\.gz$/, '.restore.sql'), restoreScript(m)],
  ] as const) {
    await writeFile(`${path}.part`, text, { mode: 0o600 })
    await flush(`${path}.part`)
    await rename(`${path}.part`, path)
  }
  await flush(dirname(file))
}

/** SQL that brings the partition back, for psql in the archive's folder. What it had beside its rows is declared: `schema apply` makes it. */
export function restoreScript(m: Manifest): string {
  const name = qualified(m.partition)
  return [
    `-- Restores ${qualified(m.partition)} (${m.rows} rows). Run it in this folder: psql -v ON_ERROR_STOP=1 -f ${basename(m.file).replace(/\.copy\.gz$/, '.restore.sql')}`,
    '-- Then run schema apply, for the row security, triggers and owner that a partition is declared with.',
    ...settings.map((s) => `${s};`),
    'BEGIN;',
    `CREATE TABLE ${name} (LIKE ${qualified(m.table)} INCLUDING ALL EXCLUDING COMMENTS EXCLUDING IDENTITY EXCLUDING STATISTICS);`,
    `\\copy ${name} (${identList(m.columns.map((c) => c.name))}) FROM PROGRAM 'gunzip -c ${basename(m.file)}'`,
    `ALTER TABLE ${qualified(m.table)} ATTACH PARTITION ${name} ${m.bound};`,
    'COMMIT;',
    '',
  ].join('\n')
}
