import type { Id } from '../model/object.ts'
import type { Site } from './site.ts'

/** What is tried on a table. */
export const operations = ['select', 'insert', 'update', 'delete', 'truncate'] as const
export type Operation = (typeof operations)[number]

/** Somebody with rights: the role that is tried, who logs in for it, and what says who is asking. */
export interface ActorEntry {
  readonly name: string
  readonly role: string
  readonly login: string
  /** Statements at the beginning of every transaction. */
  readonly context: readonly string[]
  /** What `own` and the like mean for this actor: names of row sets. */
  readonly sets: { readonly [word: string]: readonly string[] }
  readonly site: Site
}

/** One statement that makes rows. What it makes, by itself or through triggers, belongs to the row set. */
export interface SeedEntry {
  readonly set: string
  readonly sql: string
  /** The table it inserts one row into and that table's key, when they are known. */
  readonly into: { readonly table: Id; readonly key: readonly string[] } | null
  readonly site: Site
}

/** What an operation is expected to reach: `denied`, `nothing`, `refused`, `all`, or words for row sets. */
export type Reach = readonly string[]

export interface ExpectationEntry {
  readonly table: Id
  readonly name: string
  /** Later ones count more. An operation without a word is denied. */
  readonly cells: readonly { readonly actors: readonly string[]; readonly expected: { readonly [operation in Operation]?: Reach } }[]
  /** Values of the rows that INSERT is tried with, by column, as SQL. */
  readonly fresh: { readonly [column: string]: string }
  readonly site: Site
}

/** What a statement of an attack comes to. */
export type Outcome = { readonly error: string } | { readonly rows: number } | { readonly value: string | null }

export interface AttackEntry {
  readonly name: string
  readonly actor: string
  readonly transactions: readonly { readonly context: boolean; readonly sql: readonly string[]; readonly expect: Outcome }[]
  readonly why: string
  /** It succeeds, and that is known. */
  readonly limit: boolean
  readonly site: Site
}

/** Columns that nobody reads but some: by a pattern of their names or by their classification. */
export interface HiddenEntry {
  readonly what: RegExp | string
  readonly but: readonly string[]
  readonly site: Site
}

/** Mutants that no test can notice, by a pattern of how they are told. */
export interface UnnoticedEntry {
  readonly what: RegExp
  readonly why: string
  readonly site: Site
}

export interface AccessRegistry {
  readonly actors: ActorEntry[]
  readonly seeds: SeedEntry[]
  readonly expectations: ExpectationEntry[]
  readonly attacks: AttackEntry[]
  readonly hidden: HiddenEntry[]
  readonly unnoticed: UnnoticedEntry[]
}

/** Shared by every instance of this module in a process, as the registry of declared objects is. */
const key = Symbol.for('pgintent.access')
const holder = globalThis as { [key]?: AccessRegistry }

const empty = (): AccessRegistry => ({ actors: [], seeds: [], expectations: [], attacks: [], hidden: [], unnoticed: [] })

export function accessRegistry(): AccessRegistry {
  return (holder[key] ??= empty())
}

/** Forgets every access test declared so far. */
export function resetAccess(): void {
  holder[key] = empty()
}
