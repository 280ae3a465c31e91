import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../model/error.ts'

/** A plan folder may replace an earlier plan folder and nothing else. */
export function checkFolder(folder: string): void {
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) throw new UserError({ where: folder, what: 'it is a file', todo: 'give a folder to --out' })
  const inside = readdirSync(folder)
  if (inside.length > 0 && !inside.includes('plan.json'))
    throw new UserError({ where: folder, what: 'it is not empty and holds no plan', todo: 'give an empty or new folder to --out' })
}

/** Writes a folder whole: into a new one beside it, then in its place, so that a reader never sees half of it. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const target = resolve(folder)
  mkdirSync(dirname(target), { recursive: true })
  const fresh = mkdtempSync(join(dirname(target), '.pgintent-'))
  for (const [name, text] of files) writeInto(fresh, name, text)
  rmSync(target, { recursive: true, force: true })
  renameSync(fresh, target)
}

export function writeInto(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
