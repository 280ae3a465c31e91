import type { DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import type { AlterContext, Alteration, Statement } from '../contract.ts'
import type { EnumAttrs } from './index.ts'

/** New values are added in place when the old ones keep their order; anything else rebuilds the type and casts its columns. */
export function alterValues(from: DbObject<EnumAttrs>, to: DbObject<EnumAttrs>, context: AlterContext): Alteration {
  const kept = to.attrs.values.filter((v) => from.attrs.values.includes(v))
  const inOrder = kept.length === from.attrs.values.length && kept.every((v, i) => v === from.attrs.values[i])
  return inOrder ? addValues(from, to) : { rebuild: rebuildType(from, to, context) }
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

/** Removal has no ALTER: the old type steps aside, columns are cast through text, the old type goes. */
function rebuildType(from: DbObject<EnumAttrs>, to: DbObject<EnumAttrs>, context: AlterContext): Statement[] {
  const name = qualified(to.path)
  const aside = `${from.path.at(-1)}__replaced`.slice(-63)
  const out: Statement[] = [
    `ALTER TYPE ${name} RENAME TO ${ident(aside)}`,
    `CREATE TYPE ${name} AS ENUM (${to.attrs.values.map(literal).join(', ')})`,
  ]
  for (const column of context.dependents(from.id)) {
    const attrs = column.attrs as { type?: string; default?: string | null; inherited?: boolean }
    const after = context.to.objects.get(column.id)?.attrs as typeof attrs | undefined
    if (!column.path[2] || attrs.type === undefined || after === undefined || attrs.inherited) continue
    const suffix = attrs.type.endsWith('[]') ? '[]' : ''
    if (after.type !== attrs.type) continue
    const table = qualified(column.path.slice(0, 2))
    const c = ident(column.path[2])
    if (attrs.default != null) out.push(`ALTER TABLE ${table} ALTER COLUMN ${c} DROP DEFAULT`)
    out.push(`ALTER TABLE ${table} ALTER COLUMN ${c} TYPE ${name}${suffix} USING ${c}::text${suffix}::${name}${suffix}`)
    if (attrs.default != null && after.default != null) out.push(`ALTER TABLE ${table} ALTER COLUMN ${c} SET DEFAULT ${after.default}`)
  }
  out.push(`DROP TYPE ${qualified([from.path[0]!, aside])}`)
  return out
}
