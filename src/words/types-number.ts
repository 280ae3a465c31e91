import type { Column, SequenceType } from './column.ts'
import { columnOf } from './column-types.ts'

export const smallint = () => columnOf<number, 'smallint'>('smallint', 'number')
export const integer = () => columnOf<number, 'integer'>('integer', 'number')
export const bigint = () => columnOf<bigint, 'bigint'>('bigint', 'bigint')
export const real = () => columnOf<number, 'real'>('real', 'number')
export const doublePrecision = () => columnOf<number, 'double precision'>('double precision', 'number')
/** Exact; a string in TypeScript, because a double would lose digits. */
export const numeric = (precision?: number, scale = 0) => columnOf<string, 'numeric'>(precision === undefined ? 'numeric' : `numeric(${precision},${scale})`, 'string')
export const money = () => columnOf<string, 'money'>('money', 'string')
export const oid = () => columnOf<number, 'oid'>('oid', 'number')
/** A transaction id that does not wrap. */
export const xid8 = () => columnOf<string, 'xid8'>('xid8', 'string')

const serialOf = <T, S extends SequenceType>(type: S, value: 'number' | 'bigint'): Column<T, S, true, 'default'> =>
  columnOf<T, S>(type, value, [], { notNull: true, serial: type }) as unknown as Column<T, S, true, 'default'>

/** An integer with a sequence of its own, `<table>_<column>_seq`. */
export const serial = () => serialOf<number, 'integer'>('integer', 'number')
export const smallserial = () => serialOf<number, 'smallint'>('smallint', 'number')
export const bigserial = () => serialOf<bigint, 'bigint'>('bigint', 'bigint')
