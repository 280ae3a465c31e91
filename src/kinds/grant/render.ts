import type { Model } from '../../model/model.ts'
import type { DbObject, Id } from '../../model/object.ts'
import { identList, qualified, roleName } from '../../sql/identifier.ts'
import { kindOfId, phrase } from '../phrase.ts'
import type { GrantAttrs } from './index.ts'

type Privileges = { readonly [name: string]: boolean }

export const builtIn = (a: GrantAttrs): Privileges => Object.fromEntries(a.builtIn.map((p) => [p, false]))

/** PUBLIC's USAGE on namespace public comes with every database (template1), not with acldefault. */
export const alsoBuiltIn = (target: Id): [string, string][] => (target === 'namespace:public' ? [['public', 'USAGE']] : [])

function target(o: DbObject<GrantAttrs>): { columns: string; on: string } {
  const kind = kindOfId(o.parent!)
  if (kind === 'column') return { columns: ` (${identList(o.path.slice(2))})`, on: `TABLE ${qualified(o.path.slice(0, 2))}` }
  if (kind === 'view' || kind === 'materialized_view') return { columns: '', on: `TABLE ${qualified(o.path)}` }
  if (kind === 'domain' || kind === 'enum' || kind === 'composite_type' || kind === 'range_type') return { columns: '', on: `TYPE ${qualified(o.path)}` }
  if (kind === 'aggregate') return { columns: '', on: phrase(o.parent!.replace('aggregate', 'function'), o.path) }
  return { columns: '', on: phrase(o.parent!, o.path, true) }
}

/**
 * What is revoked of a table is revoked of its columns as well (https://www.postgresql.org/docs/current/sql-revoke.html): gives
 * columns back what the first of `models` grants, where all of them grant something.
 */
export function restored(o: DbObject<GrantAttrs>, from: Privileges, to: Privileges, ...models: readonly [Model, ...Model[]]): string[] {
  if (kindOfId(o.parent!) !== 'table') return []
  const lost = Object.keys(from).filter((n) => to[n] !== from[n] && to[n] !== true)
  if (lost.length === 0) return []
  const onColumns = [...models[0].objects.values()].filter(
    (g): g is DbObject => g.kind === o.kind && kindOfId(g.parent!) === 'column' && g.path[0] === o.path[0] && g.path[1] === o.path[1] && models.every((m) => m.objects.has(g.id)),
  ) as unknown as DbObject<GrantAttrs>[]
  return onColumns
    .filter((g) => g.attrs.grantee === o.attrs.grantee)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((g) => between(g, {}, Object.fromEntries(Object.entries(g.attrs.privileges).filter(([n]) => lost.includes(n)))))
}

/** GRANT and REVOKE that lead from one set of privileges to another. */
export function between(o: DbObject<GrantAttrs>, from: Privileges, to: Privileges): string[] {
  const { columns, on } = target(o)
  const who = roleName(o.attrs.grantee)
  const list = (names: readonly string[]): string => names.map((n) => n.toUpperCase() + columns).join(', ')
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()
  const out: string[] = []
  const revoked = names.filter((n) => n in from && !(n in to))
  const plain = names.filter((n) => n in to && !to[n] && !(n in from))
  const withOption = names.filter((n) => to[n] === true && from[n] !== true)
  const optionGone = names.filter((n) => from[n] === true && to[n] === false)
  if (revoked.length > 0) out.push(`REVOKE ${list(revoked)} ON ${on} FROM ${who}`)
  if (optionGone.length > 0) out.push(`REVOKE GRANT OPTION FOR ${list(optionGone)} ON ${on} FROM ${who}`)
  if (plain.length > 0) out.push(`GRANT ${list(plain)} ON ${on} TO ${who}`)
  if (withOption.length > 0) out.push(`GRANT ${list(withOption)} ON ${on} TO ${who} WITH GRANT OPTION`)
  return out
}
