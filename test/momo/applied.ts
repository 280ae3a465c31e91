import { fileURLToPath } from 'node:url'
import { parseUrl } from '../../src/db/index.ts'
import { done, session } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What commands need to speak of the MoMo declaration, or of one file of it and what that imports. */
export const declared = (part = ''): string[] => ['--config', `${root}schema.config.ts`, '--schema', `${root}schema${part === '' ? '' : `/${part}`}`]

export interface Applied {
  /** A superuser's URL. */
  readonly url: string
  /** Drops the database, and the roles that came with it: roles are the server's, and the next test shall find none. */
  drop(): Promise<void>
}

/** A new database that holds the MoMo declaration, or one file of it. */
export async function applied(part = '', major?: Major): Promise<Applied> {
  const server = await testServer(major)
  const roles = (): Promise<string[]> =>
    session(server.url, async (c) => (await c.query<{ name: string }>("select rolname as name from pg_roles where rolname like 'momo\\_%'")).map((r) => r.name))
  const before = new Set(await roles())
  const url = await server.freshDatabase()
  await done('apply', '--url', url, '--yes', ...declared(part))
  return {
    url,
    drop: async () => {
      const made = (await roles()).filter((name) => !before.has(name))
      await session(server.url, async (c) => {
        await c.query(`drop database "${parseUrl(url).database!}" with (force)`)
        for (const name of made) await c.query(`drop role "${name}"`)
      })
    },
  }
}
