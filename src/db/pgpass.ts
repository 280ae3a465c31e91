import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The password that libpq's password file (`PGPASSFILE`, `~/.pgpass`) holds for a server, or undefined.
 * Written here because the driver's own reader prints a deprecation notice and is to be removed.
 * A file that cannot be read counts as absent, as in libpq.
 */
export function passwordFromFile(
  server: { host: string; port: number; database: string; user: string },
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  let text: string
  try {
    text = readFileSync(env['PGPASSFILE'] ?? join(homedir(), '.pgpass'), 'utf8')
  } catch {
    return undefined
  }
  // libpq looks a unix socket up under the name `localhost`.
  const host = server.host.startsWith('/') ? 'localhost' : server.host
  const wanted = [host, String(server.port), server.database, server.user]
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue
    const fields = line.split(/(?<!\\):/).map((field) => field.replace(/\\([\\:])/g, '$1'))
    if (wanted.every((value, i) => fields[i] === '*' || fields[i] === value)) return fields[4]
  }
  return undefined
}
