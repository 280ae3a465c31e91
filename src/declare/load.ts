import { relative, resolve } from 'node:path'
import { UserError } from '../model/error.ts'
import { modelOf } from '../model/model.ts'
import type { DbObject, Position } from '../model/object.ts'
import { collect, scopeOf, type DeclaredModel } from '../words/declared.ts'
import { registry, resetDeclared, resetDeclaredAhead } from '../words/registry.ts'
import type { Site } from '../words/site.ts'
import { evaluate } from './evaluate.ts'
import { declarationFiles } from './files.ts'
import { positionText } from './positions.ts'
import { ownEntry } from './self.ts'
import { validate } from './validate.ts'

export interface LoadOptions {
  /** What positions are relative to; the working directory unless given. */
  readonly cwd?: string
  /** The module that `pgintent` means in the declaration. */
  readonly selfUrl?: string
  /** How many months ahead partitions are listed, from the number that a table declares. */
  readonly ahead?: (declared: number) => number
}

/** Loads run one after the other: what they declare goes through one registry. */
let queue: Promise<unknown> = Promise.resolve()

/**
 * Loads a declaration. In: a folder of TypeScript files, or one file. Out: what it declares, every object with its position.
 * Throws UserError, with file, line and column, for a file that does not compile or throws, for an object declared twice, for
 * an attribute that is not what its kind takes, and for a declaration that declares nothing.
 */
export function loadDeclaration(schemaDir: string, options: LoadOptions = {}): Promise<DeclaredModel> {
  return inTurn(() => load(resolve(options.cwd ?? process.cwd(), schemaDir), options))
}

/** Runs a load when those before it are done. */
export function inTurn<T>(load: () => Promise<T>): Promise<T> {
  const loading = queue.then(load)
  queue = loading.catch(() => undefined)
  return loading
}

async function load(schema: string, { cwd = process.cwd(), selfUrl = ownEntry(), ahead }: LoadOptions): Promise<DeclaredModel> {
  const files = declarationFiles(schema, cwd)
  if (ahead === undefined) resetDeclared()
  else resetDeclaredAhead(ahead)
  try {
    const { positions } = await evaluate(files, selfUrl, cwd)
    const placed = new Map<Site, { at: Position | undefined }>()
    const place = (site: Site): Position | undefined => {
      let known = placed.get(site)
      if (known === undefined) placed.set(site, (known = { at: positions.declaredAt(site.trace.stack) }))
      return known.at
    }
    const duplicate = registry().duplicates[0]
    if (duplicate) throw twice(duplicate.id, place(duplicate.first), place(duplicate.second))
    const objects = [...collect().values()].map(({ object, site }) => withPosition(object, () => place(site)))
    if (objects.length === 0)
      throw new UserError({
        where: relative(cwd, schema) || '.',
        what: 'it declares nothing',
        todo: "import words from 'pgintent' and declare something, such as namespace('app')",
      })
    for (const o of objects) validate(o)
    const renames = registry().renames.map(({ from, to, site }) => ({ from, to, at: place(site) }))
    return { model: modelOf(objects), renames, files: files.map((f) => relative(cwd, f)), ...scopeOf(objects) }
  } finally {
    resetDeclared()
  }
}

/** Positions are read seldom and cost a stack and a source map each, so they are found when asked for. */
function withPosition(object: DbObject, place: () => Position | undefined): DbObject {
  return Object.defineProperty({ ...object }, 'at', { enumerable: true, configurable: true, get: place })
}

function twice(id: string, first: Position | undefined, second: Position | undefined): UserError {
  const [before, here] = [positionText(first), positionText(second)]
  return new UserError({ where: here ?? id, what: `${id} is declared twice${before === undefined ? '' : `, first at ${before}`}`, todo: 'keep one of the two' })
}
