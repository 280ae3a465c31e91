import type { Finding } from '../report/index.ts'
import type { Operation, Reach } from '../words/access-registry.ts'

/** One actor on one table. */
export interface Cell {
  readonly actor: string
  readonly operations: readonly {
    readonly operation: Operation
    /** Null when nothing is declared for the table. */
    readonly expected: Reach | null
    readonly observed: Reach
    /** How many rows were reached. */
    readonly rows: number
    /** What PostgreSQL said where it did not do it. */
    readonly said: string | null
    readonly ok: boolean
  }[]
}

export interface TableReport {
  readonly id: string
  readonly name: string
  /** How many rows of each row set were there. */
  readonly rows: { readonly [set: string]: number }
  readonly cells: readonly Cell[]
}

export interface AttackReport {
  readonly name: string
  readonly actor: string
  readonly why: string
  readonly limit: boolean
  readonly expected: string
  readonly observed: string
  readonly ok: boolean
}

/** What became of the mutants of policies. */
export interface MutantReport {
  readonly made: number
  readonly noticed: number
  /** Those that give more to actors who reach every row already. */
  readonly nothingToGive: readonly string[]
  /** Those that nothing notices, as declared. */
  readonly unnoticed: readonly { readonly what: string; readonly why: string; readonly mutants: readonly string[] }[]
}

/** What `schema test` found out. */
export interface AccessReport {
  readonly server: string
  readonly actors: readonly { readonly name: string; readonly role: string; readonly login: string; readonly context: readonly string[] }[]
  readonly tables: readonly TableReport[]
  /** Columns that nobody reads but some. */
  readonly hidden: readonly { readonly what: string; readonly but: readonly string[] }[]
  readonly attacks: readonly AttackReport[]
  /** Mutants that are declared to go unnoticed. */
  readonly unnoticed: readonly { readonly what: string; readonly why: string }[]
  /** Null when they were not asked for, or when the declaration is not met even as it is. */
  readonly mutants: MutantReport | null
  /** How many statements were tried as an actor. */
  readonly tried: number
  readonly findings: readonly Finding[]
}

/** The rules of the findings, for formats that list them. */
export const accessRules = [
  { name: 'access', about: 'What an actor may do is what is declared.' },
  { name: 'no-expectation', about: 'Every table says who may do what with it.' },
  { name: 'no-rows', about: 'Every table has rows to try access on.' },
  { name: 'nothing-to-keep', about: 'Where somebody is to see their own rows, there are rows of others.' },
  { name: 'hidden-column', about: 'Hidden columns are read by nobody but those named.' },
  { name: 'partition-direct', about: 'A partition asked by its own name gives no more than its table.' },
  { name: 'attack', about: 'Attacks come to what is declared.' },
  { name: 'mutant', about: 'A policy that is spoilt is noticed by an expectation or an attack.' },
  { name: 'unnoticed', about: 'What is declared to go unnoticed does.' },
] as const
