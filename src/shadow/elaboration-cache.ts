import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everything } from '../introspect/index.ts'
import { introspectionQuery } from '../introspect/query.ts'
import { fingerprint } from '../model/fingerprint.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'

/** Bumped when what is remembered changes its shape or meaning; what is asked of the catalogs is part of the name anyway. */
const edition = 1

const folder = (): string => join(process.env['PGINTENT_CACHE'] ?? join(tmpdir(), `pgintent-${process.getuid?.() ?? 'user'}`), 'elaborated')

/** The name under which the answer of one kind of shadow (`embedded`, for a target's major) to a declaration is remembered. */
export function cacheKey(declared: Model, shadow: string, roles: readonly string[]): string {
  return createHash('sha256')
    .update(`${edition}\n${introspectionQuery(150000, everything)}\n${shadow}\n${roles.join()}\n${fingerprint(declared)}`)
    .digest('hex')
}

/** An earlier answer, or null. A file that cannot be read is no answer. */
export function remembered(key: string): Model | null {
  try {
    const { objects, version } = JSON.parse(readFileSync(join(folder(), `${key}.json`), 'utf8')) as { objects: DbObject[]; version: number }
    return modelOf(objects, version)
  } catch {
    return null
  }
}

/** Remembers an answer, whole or not at all. Where nothing can be written nothing is remembered. */
export function remember(key: string, model: Model): void {
  try {
    mkdirSync(folder(), { recursive: true })
    const file = join(folder(), `${key}.json`)
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ objects: [...model.objects.values()], version: model.version }))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    return
  }
}
