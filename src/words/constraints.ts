import type { CheckAttrs } from '../kinds/check/index.ts'
import type { ExclusionAttrs } from '../kinds/exclusion/index.ts'
import type { KeyAttrs } from '../kinds/key/index.ts'
import type { Id } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import { isPlain, type ElementLike } from './elements.ts'
import { addIndex } from './index-word.ts'
import { columnsPart, freeName, objectName } from './names.ts'
import type { Named } from './ref.ts'
import { refOf } from './ref.ts'
import { add, addRename } from './registry.ts'
import { optionsOf } from './settings.ts'
import { callSite, type Site } from './site.ts'
import { resolveSql, SqlText, type SqlOf } from './sql.ts'
import { columnRefs, infoOf, type TableInfo } from './table-info.ts'
import type { KeyOptions, Refs } from './table-types.ts'

export interface UniqueSpec<N extends string> extends KeyOptions<N> {
  readonly on: readonly ElementLike<N>[]
  readonly nullsNotDistinct?: boolean
  /** Makes it a unique index, which a foreign key cannot refer to. */
  readonly where?: SqlOf<Refs<N>>
}

export interface CheckSpec<N extends string> {
  readonly check: SqlOf<Refs<N>>
  readonly noInherit?: boolean
  readonly valid?: boolean
  readonly enforced?: boolean
  readonly comment?: string
  readonly renamedFrom?: string
}

/** An exclusion constraint: from `using gist (room with =, during with &&)` on, as SQL or in parts. */
export interface ExclusionSpec<N extends string> {
  readonly definition?: SqlText
  readonly using?: string
  readonly on?: readonly (readonly [N | SqlText, string])[]
  readonly where?: SqlOf<Refs<N>>
  readonly deferrable?: boolean
  readonly deferred?: boolean
  readonly comment?: string
  readonly renamedFrom?: string
}

function addConstraint(
  kind: string,
  table: TableInfo,
  name: string,
  attrs: object,
  refs: readonly Id[],
  more: { readonly comment?: string; readonly renamedFrom?: string },
  site: Site,
): void {
  const path = [...table.ref.path, checkedName(name, `a ${kind.replace('_', ' ')} of ${table.ref.text}`)]
  const ref = refOf(kind, path)
  table.taken.add(name)
  add({ id: ref.id, kind, path, parent: table.ref.id, attrs, refs: [table.ref.id, ...refs] }, site)
  addComment(ref, more.comment, site)
  addRename(kind, path, more.renamedFrom, site)
}

/** PRIMARY KEY or UNIQUE. `name` null takes PostgreSQL's name. */
export function addKey(table: TableInfo, name: string | null, primary: boolean, spec: Omit<UniqueSpec<string>, 'where'>, site: Site): void {
  const columns = spec.on as readonly string[]
  const subject = `${primary ? 'the primary key' : 'a unique constraint'} of ${table.ref.text}`
  for (const c of [...columns, ...(spec.include ?? [])]) table.check(c, subject)
  const part = columnsPart([...columns, ...(spec.include ?? [])])
  const attrs: KeyAttrs = {
    primary, columns: [...columns], include: [...(spec.include ?? [])], nullsNotDistinct: spec.nullsNotDistinct ?? false,
    deferrable: spec.deferrable ?? false, deferred: spec.deferred ?? false, options: optionsOf(spec.options),
    tablespace: spec.tablespace ?? null, withoutOverlaps: spec.withoutOverlaps ?? false,
  } // prettier-ignore
  const made = name ?? spec.name ?? freeName((l) => objectName(table.ref.path[1]!, primary ? null : part, l), primary ? 'pkey' : 'key', table.taken)
  addConstraint('key', table, made, attrs, columns.map(table.columnId), spec, site)
}

/** A unique constraint, or a unique index where a constraint cannot say it. */
export function addUnique(table: TableInfo, name: string | null, given: readonly string[] | UniqueSpec<string>, site: Site): void {
  const spec: UniqueSpec<string> = 'on' in given ? given : { on: given }
  if (spec.where === undefined && spec.on.every(isPlain)) return addKey(table, name, false, spec, site)
  addIndex(table.ref, table, name, { ...spec, unique: true }, site)
}

export function addCheck(table: TableInfo, name: string | null, given: SqlOf<Refs<string>> | CheckSpec<string>, site: Site): void {
  const spec: CheckSpec<string> = typeof given === 'function' || given instanceof SqlText ? { check: given } : given
  const expression = resolveSql(spec.check, columnRefs(table), `check ${name ?? ''} of ${table.ref.text}`)
  const attrs: CheckAttrs = { expression: expression.text, noInherit: spec.noInherit ?? false, valid: spec.valid ?? true, enforced: spec.enforced ?? true }
  const used = [...table.columns.keys()].filter((c) => expression.refs.includes(table.columnId(c)))
  const made = name ?? freeName((l) => objectName(table.ref.path[1]!, used.length === 1 ? used[0]! : null, l), 'check', table.taken)
  addConstraint('check', table, made, attrs, expression.refs, spec, site)
}

export function addExclusion(table: TableInfo, name: string, spec: ExclusionSpec<string>, site: Site): void {
  const subject = `exclusion ${name} of ${table.ref.text}`
  const { text, refs } = spec.definition ?? exclusionText(table, spec, subject)
  const attrs: ExclusionAttrs = { definition: text, deferrable: spec.deferrable ?? false, deferred: spec.deferred ?? false }
  addConstraint('exclusion', table, name, attrs, refs, spec, site)
}

function exclusionText(table: TableInfo, spec: ExclusionSpec<string>, subject: string): SqlText {
  if (spec.on === undefined) fail(subject, 'it does not say what excludes what', "give on: [['room', '='], …] or definition: sql`…`")
  const columns = columnRefs(table)
  const refs: Id[] = []
  const parts = spec.on.map(([what, operator]) => {
    const element = typeof what === 'string' ? new SqlText(columns[what]!.ref.text, [columns[what]!.ref.id]) : what
    refs.push(...element.refs)
    return `${element.text} WITH ${operator}`
  })
  const where = spec.where === undefined ? null : resolveSql(spec.where, columns, subject)
  return new SqlText(`USING ${spec.using ?? 'gist'} (${parts.join(', ')})${where === null ? '' : ` WHERE (${where.text})`}`, [...refs, ...(where?.refs ?? [])])
}

function declaredTable(table: Named, what: string): TableInfo {
  return infoOf(table) ?? fail(what, 'its first argument is not a declared table', 'give what table() or partition() returned')
}

/** A check apart from its table. In: the table, the constraint's name and its SQL or a function of the columns. */
export function check<N extends string>(table: Named & { readonly columns: Refs<N> }, name: string, spec: SqlOf<Refs<N>> | CheckSpec<N>): void {
  addCheck(declaredTable(table, `check ${name}`), name, spec as CheckSpec<string>, callSite())
}

/** A unique constraint apart from its table. */
export function unique<N extends string>(table: Named & { readonly columns: Refs<N> }, name: string, spec: readonly N[] | UniqueSpec<N>): void {
  addUnique(declaredTable(table, `unique ${name}`), name, spec as UniqueSpec<string>, callSite())
}
