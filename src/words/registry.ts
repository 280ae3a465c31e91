import { idOf, type DbObject, type Id } from '../model/object.ts'
import type { GrantCall } from './grants.ts'
import type { Site } from './site.ts'

export interface Entry {
  readonly object: DbObject
  readonly site: Site
}

export interface Registry {
  readonly entries: Map<Id, Entry>
  readonly duplicates: { readonly id: Id; readonly first: Site; readonly second: Site }[]
  readonly renames: { readonly from: Id; readonly to: Id; readonly site: Site }[]
  readonly grants: GrantCall[]
  /** Namespaces named by a string; they are declared by being used. */
  readonly namespaces: Map<string, Site>
  /** How many months ahead partitions are listed, from the number that a table declares; null for that number itself. */
  readonly ahead: ((declared: number) => number) | null
}

/** Shared by every instance of this module in a process: a bundled declaration may carry its own copy of the words. */
const key = Symbol.for('pgintent.declared')
const holder = globalThis as { [key]?: Registry }

const empty = (ahead: Registry['ahead']): Registry => ({ entries: new Map(), duplicates: [], renames: [], grants: [], namespaces: new Map(), ahead })

export function registry(): Registry {
  return (holder[key] ??= empty(null))
}

/** Forgets everything declared so far. */
export function resetDeclared(): void {
  holder[key] = empty(null)
}

/** The same, and what is declared from now on lists its months `ahead`. */
export function resetDeclaredAhead(ahead: (declared: number) => number): void {
  holder[key] = empty(ahead)
}

/** Adds an object. A second one of the same id is kept aside for the loader to report. */
export function add(object: DbObject<any>, site: Site): void {
  const { entries, duplicates } = registry()
  const first = entries.get(object.id)
  if (first) duplicates.push({ id: object.id, first: first.site, second: site })
  else entries.set(object.id, { object: { ...object, refs: [...new Set(object.refs)].filter((r) => r !== object.id) }, site })
}

/** Registers that an object was called otherwise: a bare name in the same place, or a whole path. */
export function addRename(kind: string, path: readonly string[], renamedFrom: string | readonly string[] | undefined, site: Site): void {
  if (renamedFrom === undefined) return
  const before = typeof renamedFrom === 'string' ? [...path.slice(0, -1), renamedFrom] : renamedFrom
  registry().renames.push({ from: idOf(kind, ...before), to: idOf(kind, ...path), site })
}
