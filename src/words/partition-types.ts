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

/** What `holds` is asked about, as SQL: the table as text (`'app.transactions'`) and the month's two ends as timestamptz. */
export interface HeldMonth {
  readonly table: SqlText
  readonly from: SqlText
  readonly until: SqlText
}

export interface MonthlySpec {
  /** The first month: `2026-01`. It stays listed for ever: a partition never goes from a plan because time has passed. */
  readonly from: string
  /** How many months after the current one to have ready; 3 when left out. */
  readonly ahead?: number
  /** The bound at a month's start (00:00 UTC). For a column of date or time it is that moment; others must say it. */
  readonly bound?: (start: Date) => string | number | bigint | SqlText
  /** How long rows are kept, in days, weeks, months or years: `24 months`. `schema partitions retire` retires what is wholly older. */
  readonly retain?: string
  /**
   * A query for the reasons why rows of a month must not go: legal holds. Each row that it gives is a reason, in its first
   * column, and keeps the partition. It runs as the role that retires, with row_security off.
   */
  readonly holds?: (month: HeldMonth) => SqlText
  /** `<table>_2026_01` unless given. */
  readonly name?: (start: Date, table: string) => string
  /** What every partition has beside its bound, or a function of the month. */
  readonly each?: PartitionTraits<any> | ((start: Date, name: string) => PartitionTraits<any>)
}

export interface Monthly {
  readonly monthly: MonthlySpec
}
