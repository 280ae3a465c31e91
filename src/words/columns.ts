import type { ColumnAttrs } from '../kinds/column/index.ts'
import { defaultSequenceOptions } from '../kinds/sequence-options.ts'
import { idOf } from '../model/object.ts'
import { literal } from '../sql/literal.ts'
import { checkedName, fail } from './fail.ts'
import { addComment } from './comment.ts'
import { Column, sequenceText, type ColumnState } from './column.ts'
import { addGrants } from './grants.ts'
import { freeName, objectName } from './names.ts'
import type { ColumnOverride } from './partition-types.ts'
import { refOf } from './ref.ts'
import { add, addRename, registry } from './registry.ts'
import { addSequence } from './sequence.ts'
import { optionsOf } from './settings.ts'
import type { Site } from './site.ts'
import { resolveSql } from './sql.ts'
import { columnRefs, tableInfo, type ColumnInfo, type TableInfo } from './table-info.ts'

/** A column that comes from a parent: the same but for what PostgreSQL does not hand down. */
export function inheritedColumn(parent: ColumnInfo, override: ColumnOverride = {}): ColumnInfo {
  const { default: value, generated, comment: _, ...plain } = override
  const attrs: ColumnAttrs = { ...parent.attrs, identity: null, statistics: null, options: {}, inherited: true, ...plain }
  return {
    attrs: {
      ...attrs,
      ...(value === undefined ? {} : { default: value?.text ?? null }),
      ...(generated === undefined ? {} : { generated: generated === null ? null : { expression: generated.expression.text, stored: generated.stored } }),
    },
    refs: [...parent.refs, ...(value?.refs ?? [])], state: null, sequence: null,
  } // prettier-ignore
}

/** The columns of a table, own ones over inherited ones, with what they say resolved. */
export function columnInfos(
  table: TableInfo,
  own: { readonly [name: string]: unknown },
  inherited: ReadonlyMap<string, ColumnInfo>,
  key: readonly string[],
): Map<string, ColumnInfo> {
  const out = new Map(inherited)
  for (const [name, c] of Object.entries(own)) {
    if (!(c instanceof Column)) fail(`column ${name} of ${table.ref.text}`, 'it is not a column', 'give a type, such as text()')
    checkedName(name, `column of ${table.ref.text}`)
    out.set(name, { attrs: null as never, refs: [], state: c.state, sequence: null })
  }
  const refs = columnRefs(tableInfo(table.ref, out, null))
  for (const name of Object.keys(own)) {
    const state = out.get(name)!.state!
    out.set(name, resolved(table, name, state, refs, inherited.has(name)))
  }
  for (const name of key) {
    const info = out.get(name)
    if (info && !info.attrs.notNull) out.set(name, { ...info, attrs: { ...info.attrs, notNull: true } })
  }
  return out
}

function resolved(table: TableInfo, name: string, s: ColumnState, columns: { readonly [name: string]: any }, inherited: boolean): ColumnInfo {
  const subject = `column ${name} of ${table.ref.text}`
  const expression = s.generated === null ? null : resolveSql(s.generated.expression, columns, subject)
  const sequence = s.serial === null ? null : serialName(table, name)
  if (s.identity !== null && !['smallint', 'integer', 'bigint'].includes(s.type)) fail(subject, `${s.type} cannot be an identity`, 'use smallint, integer or bigint')
  const attrs: ColumnAttrs = {
    type: s.type,
    notNull: s.notNull,
    default: sequence === null ? (s.default?.text ?? null) : `nextval(${literal(refOf('sequence', sequence).text)}::regclass)`,
    generated: expression === null ? null : { expression: expression.text, stored: s.generated!.stored },
    identity: s.identity === null ? null : { generated: s.identity.generated, type: s.type as 'integer', ...defaultSequenceOptions(s.type as 'integer', sequenceText(s.identity.options)) },
    collation: s.collation, storage: s.storage, compression: s.compression, statistics: s.statistics, options: optionsOf(s.options), inherited,
  } // prettier-ignore
  const refs = [...s.refs, ...(s.default?.refs ?? []), ...(expression?.refs ?? []), ...(sequence === null ? [] : [idOf('sequence', ...sequence)])]
  return { attrs, refs: refs.filter((r) => r !== table.columnId(name)), state: s, sequence }
}

function serialName(table: TableInfo, column: string): string[] {
  const [namespace, name] = table.ref.path as [string, string]
  const taken = { has: (n: string) => registry().entries.has(idOf('sequence', namespace, n)) } as ReadonlySet<string>
  return [namespace, freeName((l) => objectName(name, column, l), 'seq', taken)]
}

/** Registers the columns with everything that hangs on them. `before` is the table's old path when it is renamed, `usual` what its columns hold that do not say it. */
export function addColumns(
  table: TableInfo,
  before: readonly string[],
  overrides: { readonly [name: string]: ColumnOverride | undefined },
  usual: string | undefined,
  site: Site,
): void {
  let position = 0
  for (const [name, { attrs, refs, state, sequence }] of table.columns) {
    const path = [...table.ref.path, name]
    const ref = refOf('column', path)
    const classification = state?.classification ?? usual
    const facts = { position: ++position, ...(classification === undefined ? {} : { classification }) }
    add({ id: ref.id, kind: 'column', path, parent: table.ref.id, attrs, refs: [table.ref.id, ...refs], facts }, site)
    addComment(ref, overrides[name]?.comment ?? state?.comment, site)
    if (state === null) continue
    addGrants(ref, state.grants, site)
    if (state.renamedFrom !== undefined) addRename('column', path, [...before, state.renamedFrom], site)
    if (sequence !== null) addSequence(sequence, { type: state.serial!, ownedBy: { column: name, ref } }, site)
  }
}
