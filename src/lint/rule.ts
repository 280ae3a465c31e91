import type { DbObject, Id, Position } from '../model/object.ts'
import type { Look } from './look.ts'

export type Level = 'error' | 'warn' | 'off'

/** What a rule found. It is told at the object, or at the nearest object around it that was declared somewhere. */
export interface Problem {
  readonly object: DbObject<unknown>
  /** One sentence: what and why. */
  readonly message: string
  /** How to mend it. */
  readonly todo: string
}

export interface Options {
  /** A table with one of these columns belongs to tenants. */
  readonly tenantColumns: readonly string[]
}

export interface Context {
  readonly look: Look
  readonly options: Options
  /** Somebody asked for this rule by name, so it need not guess whether it applies. */
  readonly asked: boolean
}

/** One rule, in a file of its own under `rules/`, whose comment is its documentation. */
export interface Rule {
  readonly name: string
  /** The level when the configuration does not say. `error` is for what leaks or loses data. */
  readonly level: Level
  /** What it is about, in one sentence. */
  readonly about: string
  readonly check: (context: Context) => Iterable<Problem>
}

/** What lint tells about an object: a problem with its rule, its level, and where it was declared. */
export interface Finding {
  readonly rule: string
  readonly level: Exclude<Level, 'off'>
  readonly id: Id
  readonly message: string
  readonly todo: string
  readonly at?: Position
}
