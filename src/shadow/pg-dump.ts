import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { programFolders, programVersion } from './local.ts'

/**
 * The path of a `pg_dump` of exactly this major, or null. Only the same major will do: an older one refuses the
 * server, and a newer one may print the same object in another way.
 */
export async function findPgDump(major: number): Promise<string | null> {
  const found = programFolders()
    .map((folder) => join(folder, 'pg_dump'))
    .filter((program) => existsSync(program))
  // The likely one first, so that usually only one program is run.
  found.sort((a, b) => Number(b.includes(String(major))) - Number(a.includes(String(major))))
  return found.find((program) => programVersion(program)?.major === major) ?? null
}
