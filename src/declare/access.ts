import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { UserError } from '../model/error.ts'
import type { Position } from '../model/object.ts'
import {
  accessRegistry,
  resetAccess,
  type ActorEntry,
  type AttackEntry,
  type ExpectationEntry,
  type HiddenEntry,
  type SeedEntry,
  type UnnoticedEntry,
} from '../words/access-registry.ts'
import { resetDeclared } from '../words/registry.ts'
import type { Site } from '../words/site.ts'
import { evaluate } from './evaluate.ts'
import { declarationFiles } from './files.ts'
import { inTurn, type LoadOptions } from './load.ts'
import { positionText } from './positions.ts'
import { ownEntry } from './self.ts'

/** Something declared, with the place of its declaration instead of the call. */
export type Placed<T> = Omit<T, 'site'> & { readonly at: Position | undefined }

/** What the files of a folder say about who may do what. */
export interface AccessDeclaration {
  readonly actors: readonly Placed<ActorEntry>[]
  readonly seeds: readonly Placed<SeedEntry>[]
  readonly expectations: readonly Placed<ExpectationEntry>[]
  readonly attacks: readonly Placed<AttackEntry>[]
  readonly hidden: readonly Placed<HiddenEntry>[]
  readonly unnoticed: readonly Placed<UnnoticedEntry>[]
  /** Every row set that has a row or an actor. Rows that the declaration itself makes are in the set `declared`. */
  readonly sets: readonly string[]
}

/**
 * Loads access tests. In: a folder of TypeScript files, or one file; they may import the declaration. Throws UserError, with
 * file, line and column, for a file that does not compile or throws, for a word that means no row set, and when no actor is
 * declared.
 */
export function loadAccess(folder: string, { cwd = process.cwd(), selfUrl = ownEntry() }: LoadOptions = {}): Promise<AccessDeclaration> {
  return inTurn(async () => {
    const path = resolve(cwd, folder)
    if (!existsSync(path))
      throw new UserError({
        where: relative(cwd, path) || '.',
        what: 'there are no access tests',
        todo: 'declare actors, rows and access there, or name another folder with --access or in schema.config.ts',
      })
    const files = declarationFiles(path, cwd)
    resetAccess()
    try {
      const { positions } = await evaluate(files, selfUrl, cwd)
      const { actors, seeds, expectations, attacks, hidden, unnoticed } = accessRegistry()
      if (actors.length === 0)
        throw new UserError({ where: relative(cwd, path) || '.', what: 'it declares no actor', todo: "import { actor, access, rows } from 'pgintent' and declare who is tried" })
      const place = <T extends { readonly site: Site }>({ site, ...rest }: T): Placed<T> => ({ ...rest, at: positions.declaredAt(site.trace.stack) })
      const sets = [...new Set([...seeds.map((s) => s.set), ...actors.flatMap((a) => Object.values(a.sets).flat())])].sort()
      const out = {
        actors: actors.map(place), seeds: seeds.map(place), expectations: expectations.map(place), attacks: attacks.map(place),
        hidden: hidden.map(place), unnoticed: unnoticed.map(place), sets,
      } // prettier-ignore
      check(out)
      return out
    } finally {
      resetAccess()
      // They import the declaration, which declares itself once more.
      resetDeclared()
    }
  })
}

const fixed = new Set(['denied', 'nothing', 'refused', 'all'])

/** Expectations may come before the rows and the actors they speak of, so their words are looked at last. */
function check({ actors, expectations, sets }: AccessDeclaration): void {
  const known = new Set([...sets, 'declared'].flatMap((s) => s.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))))
  const seen = new Map<string, Position | undefined>()
  for (const e of expectations) {
    const where = positionText(e.at) ?? e.name
    if (seen.has(e.table))
      throw new UserError({ where, what: `access of ${e.name} is declared twice, first at ${positionText(seen.get(e.table)) ?? 'another place'}`, todo: 'keep one of the two' })
    seen.set(e.table, e.at)
    for (const { actors: who, expected } of e.cells) {
      for (const name of who) {
        const own = actors.find((a) => a.name === name)!.sets
        const word = Object.values(expected).flat().find((w) => !fixed.has(w) && !(w in own) && !known.has(w)) // prettier-ignore
        if (word !== undefined)
          throw new UserError({
            where, what: `access of ${e.name}: ${JSON.stringify(word)} is no row set and no word of actor ${JSON.stringify(name)}`,
            todo: `use one of ${[...fixed, ...Object.keys(own), ...known].join(', ')}`,
          }) // prettier-ignore
      }
    }
  }
}
