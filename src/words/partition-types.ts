import type { ColumnAttrs } from '../kinds/column/index.ts'
import type { Element } from './elements.ts'
import type { LooseForeignKey } from './foreign-key.ts'
import type { NamespaceLike } from './namespace.ts'
import type { SqlText } from './sql.ts'
import type { PrimaryKey, TableTraits } from './table-types.ts'

export type PartitionKey<N extends string> = N | SqlText | Element<N>

/** How a table is partitioned: what range(), list() and hash() return. */
export interface Partitioning<N extends string> {
  readonly strategy: 'RANGE' | 'LIST' | 'HASH'
  readonly on: readonly PartitionKey<N>[]
  readonly monthly: Monthly | null
}

/** A bound's value: a constant of the key's type, or SQL such as `minvalue`. */
export type BoundValue = string | number | bigint | boolean | null | SqlText

export type Bound =
  | { readonly from: BoundValue | readonly BoundValue[]; readonly to: BoundValue | readonly BoundValue[] }
  | { readonly in: readonly BoundValue[] }
  | { readonly modulus: number; readonly remainder: number }
  | { readonly default: true }
  /** As PostgreSQL prints it, from FOR VALUES on. */
  | { readonly bound: SqlText }

/** What a partition's column has otherwise than its parent's. */
export interface ColumnOverride extends Partial<Pick<ColumnAttrs, 'notNull' | 'collation' | 'storage' | 'compression' | 'statistics' | 'options' | 'identity'>> {
  readonly default?: SqlText | null
  readonly generated?: { readonly expression: SqlText; readonly stored: boolean } | null
  readonly comment?: string
}

/** What a partition has beside its bound. Columns, keys, checks and indexes of the parent are there without being said. */
export interface PartitionTraits<N extends string> extends TableTraits<N> {
  /** The parent's unless given. */
  readonly namespace?: NamespaceLike
  readonly columns?: { readonly [K in N]?: ColumnOverride }
  readonly primaryKey?: PrimaryKey<N>
  readonly foreignKeys?: readonly LooseForeignKey[]
}

export type PartitionSpec<N extends string> = Bound & PartitionTraits<N>

/** Partitions by name, or a row of them by time. */
export type Partitions<N extends string> = { readonly [name: string]: PartitionSpec<N> | 'default' } | Monthly

export interface MonthlySpec {
  /** The first month: `2026-01`. It stays listed for ever: a partition never goes because time has passed. */
  readonly from: string
  /** How many months after the current one to have ready; 3 when left out. */
  readonly ahead?: number
  /** The bound at a month's start (00:00 UTC). For a column of date or time it is that moment; others must say it. */
  readonly bound?: (start: Date) => string | number | bigint | SqlText
  /** How long rows are kept, for the retention report and `schema partitions retire`. */
  readonly retain?: string
  /** `<table>_2026_01` unless given. */
  readonly name?: (start: Date, table: string) => string
  /** What every partition has beside its bound, or a function of the month. */
  readonly each?: PartitionTraits<any> | ((start: Date, name: string) => PartitionTraits<any>)
}

export interface Monthly {
  readonly monthly: MonthlySpec
}
