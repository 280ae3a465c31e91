import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { mayEnter, type Cache } from './cache.ts'
import type { Identity } from './identity.ts'
import type { Installation } from './installation.ts'

/**
 * The folder of binaries that `identity` (or we, when undefined) can run: the installation's own where possible, else
 * a copy in the cache. A copy is needed when only root can enter the project's folder, and when npm was told not to
 * run the package's install script, which makes the links between shared libraries. The project's `node_modules` are
 * never written to: they may be shared or read-only.
 */
export function runnable(installation: Installation, identity: Identity | undefined, cache: Cache): string {
  const { native, binDir } = installation
  if (native === undefined) return binDir
  const links = symlinks(native)
  const complete = links.every(({ target }) => existsSync(target))
  if (complete && (!identity || mayRun(native, identity))) return binDir
  const copy = join(cache.root, `binaries-${installation.build}`)
  if (!existsSync(copy)) publish(native, copy, join(cache.root, `draft-${process.pid}-${randomBytes(4).toString('hex')}`))
  return join(copy, 'bin')
}

function mayRun(native: string, identity: Identity): boolean {
  const samples = ['bin/postgres', 'pg-symlinks.json', 'share/postgresql/postgres.bki']
  return samples.every((sample) => {
    const path = join(native, sample)
    // Other files of the package have the mode that the installer's umask gave these.
    return existsSync(path) && (statSync(path).mode & 0o004) !== 0 && mayEnter(dirname(path), identity)
  })
}

/** Copies to a name of our own and renames: concurrent runs see the whole copy or none. */
function publish(native: string, copy: string, draft: string): void {
  mkdirSync(draft)
  try {
    // Links are made anew below: copied, they would name files in the folder that cannot be entered.
    cpSync(native, draft, { recursive: true, filter: (from) => !from.endsWith('.a') && !isLink(from) })
    for (const { source, target } of symlinks(draft)) {
      if (existsSync(source) && !existsSync(target)) symlinkSync(basename(source), target)
    }
    openToAll(draft)
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}

/** The links between shared libraries that the package lists because npm packages cannot hold links. */
function symlinks(native: string): { source: string; target: string }[] {
  try {
    const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
      source: string
      target: string
    }[]
    const inside = (path: string) => join(native, path.replace(/^native\//, ''))
    return list.map(({ source, target }) => ({ source: inside(source), target: inside(target) }))
  } catch {
    return []
  }
}

function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink()
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
