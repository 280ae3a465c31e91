import { chmodSync, chownSync, lstatSync, mkdirSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError } from '../model/error.ts'
import type { Identity } from './identity.ts'

/** Where clusters and copied binaries live between runs. */
export interface Cache {
  /** Ours alone to write. Copied binaries. */
  readonly root: string
  /** Initialised clusters to copy. Written, like the next one, by whoever runs the servers. */
  readonly templates: string
  /** Running clusters. */
  readonly runs: string
}

/** A unix socket's path may have about 100 characters; folder names below the root take up to 40 of them. */
const longestRoot = 56

/** Free memory that a file system in memory must have before a cluster is put there. */
const enoughMemory = 1 << 30

/**
 * The cache folders, made when they are absent: below `PGINTENT_CACHE`, or in a folder of this user in the system's
 * temporary folder. They must be reachable for `identity` when servers run as somebody else.
 *
 * Throws a UserError when a folder belongs to, or may be written by, somebody else: whoever controls it chooses the
 * program that we run.
 */
export function openCache(identity: Identity | undefined): Cache {
  const chosen = process.env['PGINTENT_CACHE']
  const root = chosen ?? defaultRoot(identity)
  own(root, identity, chosen === undefined)
  const memory = chosen === undefined ? memoryFolder() : undefined
  if (memory !== undefined) own(memory, identity, true)
  return { root, templates: shared(root, 'templates', identity), runs: shared(memory ?? root, 'runs', identity) }
}

/** A folder that only we can write to. One that has our own name is opened to readers, whatever our umask is. */
function own(folder: string, identity: Identity | undefined, named: boolean): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o755 }) !== undefined
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== ownId() || (found.mode & 0o022) !== 0) {
    throw new UserError({
      where: folder,
      what: 'the cache folder is not a folder that only you can write to',
      todo: 'remove it, or set PGINTENT_CACHE to another folder',
    })
  }
  if (identity && (made || named) && (found.mode & 0o055) !== 0o055) chmodSync(folder, 0o755)
  if (identity && !mayEnter(folder, identity)) {
    throw new UserError({
      where: folder,
      what: 'PostgreSQL refuses to run as root, and the other user that it would run as cannot enter the cache folder',
      todo: 'set PGINTENT_CACHE to a folder that everybody may enter',
    })
  }
}

/** A folder inside one of ours for whoever runs the servers. */
function shared(parent: string, name: string, identity: Identity | undefined): string {
  const folder = join(parent, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (identity && statSync(folder).uid !== identity.uid) chownSync(folder, identity.uid, identity.gid)
  return folder
}

/**
 * A folder in memory for running clusters, where there is one with space to spare. A cluster is a thousand small
 * files, and ext4 takes up to a second to create as many as it has just removed; memory takes 50 ms.
 */
function memoryFolder(): string | undefined {
  try {
    const { type, bavail, bsize } = statfsSync('/dev/shm')
    const inMemory = type === 0x01021994
    return inMemory && bavail * bsize >= enoughMemory ? `/dev/shm/pgintent-${ownId()}` : undefined
  } catch {
    return undefined
  }
}

function defaultRoot(identity: Identity | undefined): string {
  const name = `pgintent-${ownId()}`
  const roots = [tmpdir(), '/tmp', '/var/tmp'].map((folder) => join(folder, name))
  const good = roots.find((root) => root.length <= longestRoot && (!identity || mayEnter(dirname(root), identity)))
  return good ?? join('/tmp', name)
}

function ownId(): number {
  return process.getuid?.() ?? 0
}

/** Whether `identity` may enter this folder and every one above it, by owner and mode. Access lists are not read. */
export function mayEnter(folder: string, identity: Identity): boolean {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { mode, uid, gid } = statSync(at)
      const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    } catch {
      return false
    }
    if (at === dirname(at)) return true
  }
}
