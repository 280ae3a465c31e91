import type { DbObject } from '../../model/object.ts'
import { qualified } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import type { AlterContext, Alteration, Statement } from '../contract.ts'
import { recast } from '../recast.ts'
import type { EnumAttrs } from './index.ts'

/** New values are added in place when the old ones keep their order; anything else rebuilds the type and casts its columns. */
export function alterValues(from: DbObject<EnumAttrs>, to: DbObject<EnumAttrs>, context: AlterContext): Alteration {
  const kept = to.attrs.values.filter((v) => from.attrs.values.includes(v))
  const inOrder = kept.length === from.attrs.values.length && kept.every((v, i) => v === from.attrs.values[i])
  return inOrder
    ? addValues(from, to)
    : { rebuild: recast(from, to, context, `CREATE TYPE ${qualified(to.path)} AS ENUM (${to.attrs.values.map(literal).join(', ')})`), anew: true }
}

function addValues(from: DbObject<EnumAttrs>, to: DbObject<EnumAttrs>): Statement[] {
  const out: Statement[] = []
  const values = to.attrs.values
  values.forEach((v, i) => {
    if (from.attrs.values.includes(v)) return
    const next = values.slice(i + 1).find((w) => from.attrs.values.includes(w))
    const where = i > 0 ? ` AFTER ${literal(values[i - 1]!)}` : next === undefined ? '' : ` BEFORE ${literal(next)}`
    out.push({ sql: `ALTER TYPE ${qualified(to.path)} ADD VALUE ${literal(v)}${where}`, commit: true })
  })
  return out
}
