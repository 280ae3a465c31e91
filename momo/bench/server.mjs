// A PostgreSQL server of the bench's own, with its data on disk, that can be restarted and that ends when the bench ends.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { freemem, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

const MB = 1 << 20
const connections = 80

// The server hears of our end by the end of this pipe, `kill -9` included, and is then stopped in an orderly way. The signal is
// repeated because a shell starts what runs in the background with signals ignored, until the server has lifted that.
const guardian = `exec 3<&0 </dev/null
dir=$1; keep=$2; postgres=$3; shift 3
rm -f "$dir/restarts"
trap '' PIPE INT
"$postgres" -D "$dir/data" -k "$dir" "$@" 3<&- >>"$dir/log" 2>&1 &
server=$!
{ while read -r line <&3; do :; done; while kill -INT "$server"; do sleep 0.2; done; } 2>/dev/null &
reader=$!
exec 3<&-
wait "$server"; code=$?
kill "$reader" 2>/dev/null
test "$keep" = keep || test -e "$dir/restarts" || { cd / && rm -rf "$dir"; }
exit "$code"`

/** Memory for the server's own cache, in MB: a quarter of the machine's, at most 8 GB. */
export const sharedBuffersMb = () => Math.max(128, Math.min(8192, Math.floor(totalmem() / 4 / MB)))

/** How the server runs while queries are measured: as in production. */
export function measuring() {
  return {
    shared_buffers: `${sharedBuffersMb()}MB`,
    effective_cache_size: `${Math.floor(totalmem() / 2 / MB)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    max_connections: connections,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: 1.1,
    wal_level: 'replica',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    autovacuum: 'on',
    jit: 'off',
  }
}

/** How it runs while rows are seeded: nothing that matters only when the machine crashes. */
export function seeding() {
  return {
    ...measuring(),
    work_mem: '256MB',
    maintenance_work_mem: '512MB',
    checkpoint_timeout: '1h',
    wal_level: 'minimal',
    max_wal_senders: 0,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    autovacuum: 'off',
  }
}

/**
 * Makes a cluster below `keep`, or in a folder that ends with it, and starts nothing yet. `tools` is dist/testing.js.
 * A cluster that an earlier run left in `keep` is used again. Throws an Error that says what to do.
 */
export function ownServer(tools, { major, keep }) {
  const installation = tools.embeddedInstallations().find((one) => one.major === major)
  if (!installation) throw new Error(`no embedded PostgreSQL ${major} is installed; name a server with --url, or run npm install`)
  const identity = tools.unprivileged()
  const binDir = tools.runnable(installation, identity, tools.openCache(identity))
  const dir = folder(tools, identity, keep)
  if (!existsSync(join(dir, 'data', 'PG_VERSION'))) initdb(tools, identity, binDir, dir)
  else if (readFileSync(join(dir, 'data', 'PG_VERSION'), 'utf8').trim() !== String(major)) {
    throw new Error(`${dir} holds a cluster of another version; remove it, or name another folder with --keep`)
  }
  let running

  async function start(settings) {
    const options = Object.entries({ listen_addresses: "''", timezone: 'UTC', ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value === "''" ? '' : value}`])
    const child = spawn('/bin/sh', ['-c', guardian, 'momo-bench-server', dir, keep ? 'keep' : 'remove', join(binDir, 'postgres'), '-p', '5432', ...options], {
      ...identity,
      cwd: '/',
      env: tools.environment(),
      // A session of its own: Ctrl-C must reach us first.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.stdin.on('error', () => undefined)
    const gone = new Promise((resolve) => child.once('close', resolve))
    running = { child, gone }
    let over = false
    void gone.then(() => (over = true))
    for (const until = Date.now() + 120_000; Date.now() < until;) {
      if (over) throw new Error(`the server did not start: ${existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8').slice(-600) : 'it left no log'}`)
      if (state(dir) === 'ready') return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`the server in ${dir} was not ready in two minutes`)
  }

  /** In good order; the folder goes too, unless it is kept or the server `restarts`. */
  async function stop(restarts = false) {
    if (!running) return
    const { child, gone } = running
    running = undefined
    if (restarts) writeFileSync(join(dir, 'restarts'), '')
    child.stdin.destroy()
    await gone
  }

  return {
    owned: true,
    dir,
    describe: `embedded PostgreSQL ${installation.version}`,
    url: (role = 'postgres', database = 'postgres') => `postgresql://${role}@localhost/${database}?host=${encodeURIComponent(dir)}&port=5432`,
    start,
    stop,
    /** Leaves the operating system no page of the data in memory. False where the tool for it is missing. */
    forget: () => {
      const script = 'sync -f "$1" && find "$1" -type f -size +0 -exec sh -c \'for f; do dd if="$f" iflag=nocache count=0 status=none || exit 1; done\' sh {} +'
      return spawnSync('/bin/sh', ['-c', script, 'forget', join(dir, 'data')], { stdio: 'ignore' }).status === 0
    },
    /** The seed that the cluster holds, for runs that keep it. */
    seeded: () => (existsSync(join(dir, 'seed.json')) ? JSON.parse(readFileSync(join(dir, 'seed.json'), 'utf8')) : undefined),
    remember: (seed) => writeFileSync(join(dir, 'seed.json'), JSON.stringify(seed)),
  }
}

/** A server that somebody else runs: it is never restarted and keeps its settings. */
export function foreignServer(tools, url) {
  return {
    owned: false,
    describe: 'a server named with --url',
    url: (_role, database) => (database ? tools.withDatabase(url, database) : url),
    start: async () => undefined,
    stop: async () => undefined,
    forget: () => false,
    seeded: () => undefined,
    remember: () => undefined,
  }
}

function folder(tools, identity, keep) {
  const dir = keep ?? mkdtempSync(join(tmpdir(), 'momo-bench-'))
  const made = mkdirSync(dir, { recursive: true }) ?? (keep ? undefined : dir)
  if (identity) {
    chmodSync(dir, 0o755)
    chownSync(dir, identity.uid, identity.gid)
    if (!tools.mayEnter(dir, identity)) {
      if (made) rmSync(made, { recursive: true })
      throw new Error(`PostgreSQL refuses to run as root, and its other user cannot enter ${dir}; name a folder that everybody may enter with --keep`)
    }
  }
  // A unix socket's path may have about 100 characters.
  if (dir.length > 80) throw new Error(`${dir} is too long for the server's socket; name a shorter folder with --keep`)
  return dir
}

function initdb(tools, identity, binDir, dir) {
  let said = ''
  for (const locale of ['C.UTF-8', 'C']) {
    const made = spawnSync(
      join(binDir, 'initdb'),
      ['-D', join(dir, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', `--locale=${locale}`, '--no-sync', '--no-instructions'],
      {
        ...identity,
        cwd: '/',
        env: tools.environment(),
      },
    )
    if (made.status === 0) return
    said = String(made.stderr)
    rmSync(join(dir, 'data'), { recursive: true, force: true })
  }
  throw new Error(`initdb failed: ${said}`)
}

/** The status line of `postmaster.pid`, as pg_ctl reads it. */
function state(dir) {
  try {
    return readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8')
      .split('\n')[7]
      ?.trim()
  } catch {
    return undefined
  }
}

/** What the report says of the machine's memory, in MB. */
export const memoryMb = () => ({ total: Math.floor(totalmem() / MB), free: Math.floor(freemem() / MB) })
