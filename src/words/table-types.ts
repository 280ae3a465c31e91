import type { ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import type { Classification, Column, Filling } from './column.ts'
import type { Grant } from './grants.ts'
import type { IndexSpec } from './index-word.ts'
import type { CheckSpec, ExclusionSpec, UniqueSpec } from './constraints.ts'
import type { Partitioning, Partitions } from './partition-types.ts'
import type { PolicySpec } from './policy.ts'
import type { ColumnRef, Named, Ref } from './ref.ts'
import type { RoleLike } from './role.ts'
import type { OptionValues } from './settings.ts'
import type { SqlOf as SqlFor } from './sql.ts'
import type { TriggerSpec } from './trigger.ts'

export type AnyColumn = Column<any, any, any, Filling>
export type Columns = { readonly [name: string]: AnyColumn }

/** The SQL types of a list of columns. */
export type SqlTypes<C, K extends readonly unknown[]> = {
  readonly [I in keyof K]: K[I] extends keyof C ? (C[K[I]] extends Column<any, infer S, any, any> ? S : never) : never
}

/** Columns that a foreign key may refer to, by their SQL types. */
export interface Reference<Types extends readonly unknown[]> {
  /** Only a type: nothing is there at run time. */
  readonly keyTypes?: Types
  readonly target: { readonly table: Ref; readonly columns: readonly string[] | null }
}

/** A key of a table, chosen by `table.key(…)`. */
export interface Key<Types extends readonly unknown[]> extends Reference<Types> {
  readonly keyTypes: Types
  /** For a foreign key between columns of different types, which PostgreSQL allows where they can be compared. */
  anyType(): Key<any>
}

export type Refs<N extends string> = { readonly [K in N]: ColumnRef }

/** A declared table. `columns` are its columns for use in SQL; `rows` is only a type. */
export interface Table<C extends Columns, K extends readonly string[]> extends Named, Reference<SqlTypes<C, K>> {
  readonly keyTypes: SqlTypes<C, K>
  readonly rows: { readonly columns: C; readonly key: K }
  readonly columns: Refs<keyof C & string>
  /** The columns a foreign key refers to, when they are not the primary key. */
  key<const N extends readonly (keyof C & string)[]>(...columns: N): Key<SqlTypes<C, N>>
}

type Both<U> = (U extends unknown ? (u: U) => void : never) extends (all: infer I) => void ? I : never

/** A table's columns, own and inherited. */
export type All<C, P extends readonly unknown[]> = C & ([P[number]] extends [never] ? unknown : Both<P[number] extends Table<infer D, any> ? D : never>)

export type Name<A> = keyof A & string

/** `['id']`, or with a name and more. */
export type KeyColumns<K> = K extends readonly string[] ? K : K extends { readonly on: infer O extends readonly string[] } ? O : readonly []

export interface KeyOptions<N extends string> {
  /** `<table>_pkey` unless given. */
  readonly name?: string
  readonly include?: readonly N[]
  readonly deferrable?: boolean
  readonly deferred?: boolean
  readonly options?: OptionValues
  readonly tablespace?: string
  /** The last column is a range that may not overlap (PostgreSQL 18). */
  readonly withoutOverlaps?: boolean
  readonly comment?: string
  readonly renamedFrom?: string
}

export type PrimaryKey<N extends string> = readonly N[] | ({ readonly on: readonly N[] } & KeyOptions<N>)

/** The same table, by the columns of it that fit. */
export interface SelfReference<A, Types> {
  readonly self: { readonly [I in keyof Types]: { [K in keyof A]: A[K] extends Column<any, Types[I] & string, any, any> ? K : never }[keyof A] }
}

export interface ForeignKeyOptions<N extends string> {
  /** `<table>_<columns>_fkey` unless given. */
  readonly name?: string
  readonly onDelete?: ForeignKeyAttrs['onDelete']
  readonly onUpdate?: ForeignKeyAttrs['onUpdate']
  /** The columns of SET NULL (…) and SET DEFAULT (…); all when left out. */
  readonly onDeleteColumns?: readonly N[]
  readonly match?: ForeignKeyAttrs['match']
  readonly deferrable?: boolean
  readonly deferred?: boolean
  /** False for NOT VALID. */
  readonly valid?: boolean
  /** False for NOT ENFORCED (PostgreSQL 18). */
  readonly enforced?: boolean
  /** The last column is a period (PostgreSQL 18). */
  readonly period?: boolean
  readonly comment?: string
  readonly renamedFrom?: string
}

export interface ForeignKeySpec<A, PK extends readonly string[], K extends readonly string[]> extends ForeignKeyOptions<Name<A>> {
  readonly columns: K & readonly Name<A>[]
  /** A table means its primary key; `'self'` this table's. */
  readonly references: Reference<SqlTypes<A, K>> | (SqlTypes<A, PK> extends SqlTypes<A, K> ? 'self' : never) | SelfReference<A, SqlTypes<A, K>>
}

/** What tables and partitions share. */
export interface TableTraits<N extends string> {
  readonly comment?: string
  /** What its columns hold where they do not say it with `classify()`. */
  readonly classification?: Classification
  /** The class of retention its rows belong to, in the words of whoever decides on it; for the documents. */
  readonly retention?: string
  readonly owner?: RoleLike
  /** By name, or a list of columns each for PostgreSQL's own name. With `desc()`, an expression or `where` it is a unique index. */
  readonly unique?: { readonly [name: string]: readonly N[] | UniqueSpec<N> } | readonly (readonly N[])[]
  readonly checks?: { readonly [name: string]: SqlFor<Refs<N>> | CheckSpec<N> } | readonly SqlFor<Refs<N>>[]
  readonly exclude?: { readonly [name: string]: ExclusionSpec<N> }
  readonly indexes?: { readonly [name: string]: readonly N[] | IndexSpec<N> } | readonly (readonly N[])[]
  readonly triggers?: { readonly [name: string]: TriggerSpec<N> }
  readonly rowSecurity?: RowSecurity<N>
  readonly grants?: readonly Grant<N>[]
  readonly options?: OptionValues
  readonly unlogged?: boolean
  readonly accessMethod?: string
  readonly tablespace?: string
  readonly replicaIdentity?: 'default' | 'full' | 'nothing' | { readonly index: string }
  /** The index that CLUSTER uses. */
  readonly clusterOn?: string
  readonly partitionBy?: Partitioning<N>
  readonly partitions?: Partitions<N>
  /** The old name, or the old path when the namespace was another. */
  readonly renamedFrom?: string | readonly [string, string]
}

export interface RowSecurity<N extends string> {
  /** True unless said otherwise. */
  readonly enable?: boolean
  /** Binds the owner too. */
  readonly force?: boolean
  readonly policies?: { readonly [name: string]: PolicySpec<N> }
}

export interface TableSpec<C extends Columns, P extends readonly Table<any, any>[], PK, FK extends readonly (readonly string[])[]> extends TableTraits<Name<All<C, P>>> {
  readonly columns: C
  readonly primaryKey?: PK & PrimaryKey<Name<All<C, P>>>
  readonly foreignKeys?: { readonly [I in keyof FK]: ForeignKeySpec<All<C, P>, KeyColumns<PK>, FK[I]> }
  readonly inherits?: P
  /** A composite type, for a typed table. */
  readonly ofType?: Named | string
}
