import type { DbObject } from '../model/object.ts'
import { ident, qualified } from '../sql/identifier.ts'
import type { AlterContext, Statement } from './contract.ts'

/** A type that cannot be altered: the old one steps aside, `create` makes the new one, columns are cast through text, the old one goes. */
export function recast(from: DbObject, to: DbObject, context: AlterContext, create: string): Statement[] {
  const name = qualified(to.path)
  const aside = `${from.path.at(-1)}__replaced`.slice(-63)
  const out: Statement[] = [`ALTER TYPE ${name} RENAME TO ${ident(aside)}`, create]
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
