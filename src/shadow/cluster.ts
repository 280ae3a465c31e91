import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../model/error.ts'
import { openCache } from './cache.ts'
import { unprivileged } from './identity.ts'
import { describe, type Installation } from './installation.ts'
import { runnable } from './reachable.ts'
import { sweep } from './sweep.ts'
import { template } from './template.ts'
import { watch, type Watchdog } from './watchdog.ts'

/** A PostgreSQL server of our own, which lives no longer than this process. */
export interface Cluster {
  /** A superuser's URL, over a unix socket, to the empty database `postgres`; `template1` is as empty. */
  readonly url: string
  /** The folder with data, socket and log. */
  readonly dir: string
  close(): Promise<void>
}

const startTimeoutMs = 60_000

/**
 * Starts a server from an installation: a copy of a cached template, on a unix socket, with no durability.
 * `settings` are extra `name=value` pairs for the server's command line.
 *
 * Throws a UserError with the server's last words when it does not start.
 */
export async function startCluster(installation: Installation, settings: readonly string[] = []): Promise<Cluster> {
  const identity = unprivileged()
  const cache = openCache(identity)
  for (const folder of [cache.root, cache.templates, cache.runs]) sweep(folder)
  const binDir = runnable(installation, identity, cache)
  const from = await template(installation, binDir, cache, identity)
  const dir = join(cache.runs, `run-${process.pid}-${randomBytes(4).toString('hex')}`)
  const args = ['-p', '5432', ...settings.flatMap((setting) => ['-c', setting])]
  const watchdog = watch(identity, dir, from, join(binDir, 'postgres'), args)
  await ready(watchdog, dir, installation)
  const socket = encodeURIComponent(dir)
  return {
    url: `postgresql://postgres@localhost/postgres?host=${socket}&port=5432`,
    dir,
    close: () => watchdog.stop(),
  }
}

/** Waits for the status line of `postmaster.pid`, as `pg_ctl` does, but looks every few milliseconds. */
async function ready(watchdog: Watchdog, dir: string, installation: Installation): Promise<void> {
  let over: string | undefined
  void watchdog.gone.then((said) => (over = said))
  const until = Date.now() + startTimeoutMs
  while (over === undefined && Date.now() < until) {
    if (status(dir) === 'ready') return
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  if (over === undefined) await watchdog.stop()
  throw new UserError({
    where: `shadow (${describe(installation)})`,
    what: `the server did not start: ${over || 'it was not ready in time'}`,
    todo: 'choose another shadow, or set PGINTENT_CACHE to a folder with free space where programs may run',
  })
}

function status(dir: string): string | undefined {
  try {
    return readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8')
      .split('\n')[7]
      ?.trim()
  } catch {
    return undefined
  }
}
