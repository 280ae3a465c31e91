import type { PolicyAttrs } from '../kinds/policy/index.ts'
import type { RowSecurityAttrs } from '../kinds/row_security/index.ts'
import { idOf, type Id } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import { refOf, type Named } from './ref.ts'
import { add, addRename } from './registry.ts'
import { roleOf, type RoleLike } from './role.ts'
import { callSite, type Site } from './site.ts'
import { resolveSql, type SqlOf, type SqlText } from './sql.ts'
import { columnRefs, infoOf, type TableInfo } from './table-info.ts'
import type { Refs, RowSecurity } from './table-types.ts'

export interface PolicySpec<N extends string> {
  /** `all` when left out. */
  readonly for?: PolicyAttrs['command']
  /** Everyone when left out. */
  readonly to?: RoleLike | readonly RoleLike[]
  readonly using?: SqlOf<Refs<N>>
  readonly check?: SqlOf<Refs<N>>
  /** Rows must pass it beside what a permissive policy lets through. */
  readonly restrictive?: boolean
  readonly comment?: string
  readonly renamedFrom?: string
}

export function addPolicy(table: TableInfo, name: string, spec: PolicySpec<string>, site: Site): Id {
  const subject = `policy ${name} on ${table.ref.text}`
  const path = [...table.ref.path, checkedName(name, subject)]
  const ref = refOf('policy', path)
  const columns = columnRefs(table)
  const roles = spec.to === undefined ? [] : Array.isArray(spec.to) ? (spec.to as RoleLike[]) : [spec.to as RoleLike]
  const named = roles.map((r) => roleOf(r, subject))
  const using = spec.using === undefined ? null : resolveSql(spec.using, columns, subject)
  const check = spec.check === undefined ? null : resolveSql(spec.check, columns, subject)
  const names = [...new Set(named.map((r) => r.name))]
  const attrs: PolicyAttrs = {
    command: spec.for ?? 'all', permissive: spec.restrictive !== true, roles: names.length === 0 || names.includes('public') ? ['public'] : names.sort(byBytes),
    using: using?.text ?? null, check: check?.text ?? null,
  } // prettier-ignore
  const refs = [table.ref.id, ...named.flatMap((r) => r.refs), ...(using?.refs ?? []), ...(check?.refs ?? [])]
  const facts = { ...partsOf('using', using), ...partsOf('check', check) }
  add({ id: ref.id, kind: 'policy', path, parent: table.ref.id, attrs, refs, ...(Object.keys(facts).length === 0 ? {} : { facts }) }, site)
  addComment(ref, spec.comment, site)
  addRename('policy', path, spec.renamedFrom, site)
  return ref.id
}

/** What a clause was put together from, for whoever asks what each part is good for. */
const partsOf = (clause: string, given: SqlText | null) => (given === null || given.parts === null ? {} : { [clause]: given.parts.map((p) => p.text) })

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

export function addRowSecurity(table: TableInfo, spec: RowSecurity<string> | undefined, site: Site): void {
  if (spec === undefined) return
  const policies = Object.entries(spec.policies ?? {}).map(([name, p]) => addPolicy(table, name, p, site))
  const attrs: RowSecurityAttrs = { enabled: spec.enable ?? true, forced: spec.force ?? false }
  if (!attrs.enabled && !attrs.forced) return
  const id = idOf('row_security', ...table.ref.path)
  add({ id, kind: 'row_security', path: table.ref.path, parent: table.ref.id, attrs, refs: [table.ref.id, ...policies] }, site)
}

/** A policy apart from its table, for one that speaks of tables declared later. Row security itself is the table's to enable. */
export function policy<N extends string>(table: Named & { readonly columns: Refs<N> }, name: string, spec: PolicySpec<N>): void {
  const info = infoOf(table) ?? fail(`policy ${name}`, 'its first argument is not a declared table', 'give what table() or partition() returned')
  addPolicy(info, name, spec as PolicySpec<string>, callSite())
}
