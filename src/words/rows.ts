import type { Column } from './column.ts'
import type { Table } from './table-types.ts'

type ColumnsOf<T> = T extends Table<infer C, any> ? C : never
type KeyOf<T> = T extends Table<any, infer K> ? K[number] : never

type Value<C, InKey extends boolean> = C extends Column<infer T, any, infer N, any> ? (N extends true ? T : InKey extends true ? T : T | null) : never

type IsOptional<C, InKey extends boolean> =
  C extends Column<any, any, infer N, infer F> ? (F extends 'default' ? true : N extends true ? false : InKey extends true ? false : true) : false

type IsFilled<C> = C extends Column<any, any, any, 'always'> ? true : false
type In<K, T> = K extends KeyOf<T> ? true : false

/** A row of a table as a query returns it. */
export type Row<T> = { -readonly [K in keyof ColumnsOf<T>]: Value<ColumnsOf<T>[K], In<K, T>> }

/** What an INSERT takes: without generated columns, with what has a default or may be null left to choice. */
export type Insert<T> = {
  -readonly [K in keyof ColumnsOf<T> as IsFilled<ColumnsOf<T>[K]> extends true ? never : IsOptional<ColumnsOf<T>[K], In<K, T>> extends true ? never : K]: Value<
    ColumnsOf<T>[K],
    In<K, T>
  >
} & {
  -readonly [K in keyof ColumnsOf<T> as IsFilled<ColumnsOf<T>[K]> extends true ? never : IsOptional<ColumnsOf<T>[K], In<K, T>> extends true ? K : never]?: Value<
    ColumnsOf<T>[K],
    In<K, T>
  >
}
