import * as z from 'zod'
import type { ColumnState, ValueKind } from './column.ts'
import { fail } from './fail.ts'
import type { Named } from './ref.ts'
import type { Insert, Row } from './rows.ts'
import { infoOf } from './table-info.ts'
import type { Table } from './table-types.ts'

const values: Record<ValueKind, () => z.ZodType> = {
  string: z.string, number: z.number, bigint: z.bigint, boolean: z.boolean, date: z.date,
  bytes: () => z.instanceof(Uint8Array), json: z.unknown, unknown: z.unknown,
} // prettier-ignore

function schemaOf(state: ColumnState): z.ZodType {
  const length = /^character varying\((\d+)\)/.exec(state.type)?.[1]
  const one = state.values ? z.enum(state.values as [string, ...string[]]) : state.value === 'string' && length ? z.string().max(Number(length)) : values[state.value]()
  let out: z.ZodType = one
  for (let n = 0; n < state.dimensions; n++) out = z.array(out)
  return out
}

/** A zod schema of a table's rows. Throws UserError for what is not a declared table. */
export function zodFor<T extends Table<any, any>>(table: T): z.ZodType<Row<T>>
/** A zod schema of what may be inserted. */
export function zodFor<T extends Table<any, any>>(table: T, what: 'insert'): z.ZodType<Insert<T>>
export function zodFor(table: Table<any, any>, what: 'row' | 'insert' = 'row'): z.ZodType<any> {
  const info = infoOf(table as Named) ?? fail('zodFor(…)', 'its argument is not a declared table', 'give what table() returned')
  const shape: Record<string, z.ZodType> = {}
  for (const [name, { attrs, state }] of info.columns) {
    const schema = state === null ? z.unknown() : schemaOf(state)
    const filled = attrs.generated !== null || attrs.identity?.generated === 'always'
    if (what === 'insert' && filled) continue
    const value = attrs.notNull ? schema : schema.nullable()
    const optional = !attrs.notNull || attrs.default !== null || attrs.identity !== null
    shape[name] = what === 'insert' && optional ? value.optional() : value
  }
  return what === 'insert' ? z.strictObject(shape) : z.object(shape)
}
