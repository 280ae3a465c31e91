import type { ColumnAttrs } from '../kinds/column/index.ts'
import type { SequenceOptions } from '../kinds/sequence-options.ts'
import type { Id } from '../model/object.ts'
import { ident } from '../sql/identifier.ts'
import { fail } from './fail.ts'
import type { Grant } from './grants.ts'
import { castLabel, literalDefault, type Plain } from './literal-default.ts'
import type { ColumnRef } from './ref.ts'
import type { OptionValues } from './settings.ts'
import { SqlText, type SqlOf } from './sql.ts'

/** How a value of the column looks in TypeScript, for `zodFor`. */
export type ValueKind = 'string' | 'number' | 'bigint' | 'boolean' | 'date' | 'bytes' | 'json' | 'unknown'

/** `none`: must be inserted unless nullable. `default`: may be. `always`: cannot be. */
export type Filling = 'none' | 'default' | 'always'

/** What a default may be for a column of TypeScript type T. */
export type DefaultOf<T, S> =
  SqlText | (S extends 'numeric' | 'money' ? string | number : T extends Date | Uint8Array ? string : T extends bigint ? bigint | number : unknown extends T ? Plain : T)

export type Classification = 'pii' | 'financial' | 'secret' | 'internal' | 'public' | (string & {})

export interface IdentityOptions {
  readonly start?: number | bigint
  readonly increment?: number | bigint
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly cache?: number | bigint
  readonly cycle?: boolean
}

export interface ColumnState {
  /** As format_type prints it. */
  readonly type: string
  /** How constants of it are cast; a domain's are cast to its base type. */
  readonly label: string
  readonly value: ValueKind
  readonly values?: readonly string[]
  readonly dimensions: number
  readonly refs: readonly Id[]
  readonly notNull: boolean
  readonly default: SqlText | null
  readonly generated: { readonly expression: SqlOf<any>; readonly stored: boolean } | null
  readonly identity: { readonly generated: 'always' | 'by default'; readonly options: IdentityOptions } | null
  readonly serial: SequenceType | null
  readonly collation: string | null
  readonly storage: ColumnAttrs['storage']
  readonly compression: string | null
  readonly statistics: number | null
  readonly options: OptionValues
  readonly comment?: string
  readonly classification?: string
  readonly renamedFrom?: string
  readonly grants: readonly Grant[]
  /** A check that comes with the column, from the name the column turns out to have. */
  readonly check?: (column: string) => string
}

export type SequenceType = 'smallint' | 'integer' | 'bigint'

/** Sequence options as the catalogs print them. */
export function sequenceText(o: IdentityOptions): Partial<SequenceOptions> {
  const out: { -readonly [K in keyof SequenceOptions]?: SequenceOptions[K] } = {}
  for (const k of ['start', 'increment', 'minimum', 'maximum', 'cache'] as const) if (o[k] !== undefined) out[k] = String(o[k])
  if (o.cycle !== undefined) out.cycle = o.cycle
  return out
}

/**
 * A column to be: T in TypeScript, S in SQL (without length or precision; a domain's is its base type), N whether it is NOT
 * NULL, F how it is filled. Every method gives a new column, so one can be kept in a constant and used in many tables.
 */
export class Column<T, S extends string, N extends boolean = false, F extends Filling = 'none'> {
  declare readonly types: { readonly value: T; readonly sql: S; readonly notNull: N; readonly filling: F }
  readonly state: ColumnState

  constructor(state: ColumnState) {
    this.state = state
  }

  /** NOT NULL. Columns of a primary key are so anyway. */
  notNull(): Column<T, S, true, F> {
    return new Column({ ...this.state, notNull: true })
  }

  /** A constant, spelled as the server prints it, or SQL. */
  default(value: DefaultOf<T, S>): Column<T, S, N, 'default'> {
    const given = value as SqlText | Plain | undefined
    if (given === undefined || given === null) fail(`a ${this.state.type} column`, 'its default is missing', 'give a value or sql`…`, or leave default() out')
    return new Column({ ...this.state, default: given instanceof SqlText ? given : new SqlText(literalDefault(given, this.state.label)) })
  }

  /** GENERATED ALWAYS AS (…): stored unless `stored: false` (PostgreSQL 18). The expression may be a function of the columns. */
  generated(expression: SqlOf<{ readonly [column: string]: ColumnRef }>, options: { readonly stored?: boolean } = {}): Column<T, S, N, 'always'> {
    return new Column({ ...this.state, generated: { expression, stored: options.stored ?? true } })
  }

  /** GENERATED … AS IDENTITY, which is NOT NULL. Options left out are PostgreSQL's for the type. */
  identity(generated: 'always', options?: IdentityOptions): Column<T, S, true, 'always'>
  identity(generated?: 'by default', options?: IdentityOptions): Column<T, S, true, 'default'>
  identity(generated: 'always' | 'by default' = 'by default', options: IdentityOptions = {}): Column<T, S, true, any> {
    return new Column({ ...this.state, notNull: true, identity: { generated, options } })
  }

  /** An array of the type. Modifiers such as notNull() come after it. */
  array(): Column<T[], `${S}[]`> {
    const { check: _, ...state } = this.state
    const dimensions = state.dimensions + 1
    const type = state.type.endsWith('[]') ? state.type : `${state.type}[]`
    return new Column({ ...state, type, label: castLabel(type), dimensions })
  }

  /** The same column with another TypeScript type: `jsonb().as<Settings>()`. */
  as<U>(): Column<U, S, N, F> {
    return new Column(this.state)
  }

  /** COLLATE: a name of pg_catalog such as `C` or `de-x-icu`, or a qualified one as SQL writes it. */
  collate(name: string): Column<T, S, N, F> {
    return new Column({ ...this.state, collation: collationName(name) })
  }

  storage(storage: NonNullable<ColumnAttrs['storage']>): Column<T, S, N, F> {
    return new Column({ ...this.state, storage })
  }

  compression(method: 'pglz' | 'lz4'): Column<T, S, N, F> {
    return new Column({ ...this.state, compression: method })
  }

  statistics(target: number): Column<T, S, N, F> {
    return new Column({ ...this.state, statistics: target })
  }

  /** Attribute options such as `n_distinct`. */
  options(options: OptionValues): Column<T, S, N, F> {
    return new Column({ ...this.state, options })
  }

  comment(comment: string): Column<T, S, N, F> {
    return new Column({ ...this.state, comment })
  }

  /** What kind of data it holds. Docs, lint and the retention report read it; the database never sees it. */
  classify(classification: Classification): Column<T, S, N, F> {
    return new Column({ ...this.state, classification })
  }

  /** What the current database calls it. */
  renamedFrom(name: string): Column<T, S, N, F> {
    return new Column({ ...this.state, renamedFrom: name })
  }

  /** Privileges on this column alone. */
  grants(...grants: readonly Grant[]): Column<T, S, N, F> {
    return new Column({ ...this.state, grants: [...this.state.grants, ...grants] })
  }
}

/** A collation as the catalogs print it; null for the type's own. */
export function collationName(name: string): string | null {
  if (name === 'default') return null
  return name.includes('.') ? name : `pg_catalog.${ident(name)}`
}
