import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { UserError } from '../model/error.ts'
import type { Cache } from './cache.ts'
import { environment } from './environment.ts'
import type { Identity } from './identity.ts'
import { describe, type Installation } from './installation.ts'

/**
 * The configuration of a cluster that lives for seconds. Durability is off in every form. WAL is logical, as
 * publications want it; minimal WAL would be slower, because it writes every new table out at commit. Statistics stay
 * on because the proof reads them; autovacuum stays off because it would take locks that the proof would ascribe to a
 * step; locks are many because one transaction may create a whole schema.
 */
function configuration(major: number): string {
  const lines = `
listen_addresses = ''
max_connections = 64
max_locks_per_transaction = 1536
shared_buffers = 64MB
dynamic_shared_memory_type = mmap
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = logical
max_wal_senders = 0
max_wal_size = 4GB
min_wal_size = 5MB
checkpoint_timeout = 1d
bgwriter_lru_maxpages = 0
autovacuum = off
track_counts = on
jit = off
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
max_logical_replication_workers = 0
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, mdy'
lc_messages = 'C'
lc_monetary = 'C'
lc_numeric = 'C'
lc_time = 'C'
default_text_search_config = 'pg_catalog.english'
`
  // Version 18 starts worker processes for reading; a cluster that is in memory anyway has no use for them.
  return major >= 18 ? `${lines}io_method = sync\n` : lines
}

// C.UTF-8 knows the letters of all languages; where the system lacks it, plain C still gives the same byte order.
const locales = ['C.UTF-8', 'C']

const script = `umask 077
"$1" -D "$2" -U postgres -A trust -E UTF8 --locale="$3" --wal-segsize=1 --no-sync --no-instructions >/dev/null &&
printf '%s' "$4" > "$2/postgresql.conf"`

/**
 * The folder of an initialised cluster that runs copy; made by `initdb` on first use, about a second.
 * Concurrent first uses each make one, and the first to finish is kept.
 *
 * Throws a UserError with what `initdb` said when it fails.
 */
export async function template(installation: Installation, binDir: string, cache: Cache, identity: Identity | undefined): Promise<string> {
  const conf = configuration(installation.major)
  const key = createHash('sha256').update(`${script}${conf}`).digest('hex').slice(0, 8)
  const folder = join(cache.templates, `template-${installation.source}-${installation.build}-${key}`)
  if (existsSync(folder)) return folder
  const draft = join(cache.templates, `draft-${process.pid}-${randomBytes(4).toString('hex')}`)
  let failure: unknown
  for (const locale of locales) {
    try {
      await promisify(execFile)('/bin/sh', ['-c', script, 'initdb', join(binDir, 'initdb'), draft, locale, conf], {
        ...identity,
        cwd: '/',
        env: environment(),
      })
      failure = undefined
      break
    } catch (error) {
      failure = error
      rmSync(draft, { recursive: true, force: true })
    }
  }
  if (failure !== undefined) {
    const said = String((failure as { stderr?: unknown }).stderr ?? failure).trim()
    throw new UserError({
      where: `shadow (${describe(installation)})`,
      what: `initdb failed: ${said}`,
      todo: 'choose another shadow, or set PGINTENT_CACHE to a folder where programs may run',
    })
  }
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
