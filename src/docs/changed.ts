import type { DbObject, Id } from '../model/object.ts'
import { foreignKey } from '../kinds/foreign_key/index.ts'
import { table } from '../kinds/table/index.ts'
import { column, type Column } from '../kinds/column/index.ts'
import { canonicalJson } from '../model/fingerprint.ts'
import { kindNamed } from '../kinds/index.ts'
import { classificationOf, columnAttribute, keyMarks, type Attribute } from './entity.ts'
import { cut, word } from './mermaid.ts'
import { groupBy, type Look, type Table } from './look.ts'

export type Mark = '+' | '~' | '-'

/** Two states side by side. */
export interface Pair {
  readonly before: Look
  readonly after: Look
}

export const at = ({ before, after }: Pair, id: Id): DbObject | undefined => after.model.objects.get(id) ?? before.model.objects.get(id)

/** Whether an object came, went, or is there in both and touched. */
export function markOf({ before, after }: Pair, id: Id): Mark {
  return !before.model.objects.has(id) ? '+' : after.model.objects.has(id) ? '~' : '-'
}

/** The table that a touched object belongs to: its own, not the partition it may be on. Null for what is on no table. */
export function tableOf(pair: Pair, id: Id): Id | null {
  const o = at(pair, id)
  if (o === undefined) return null
  if (o.kind !== table.kind) return o.parent === null ? null : tableOf(pair, o.parent)
  const look = pair.after.model.objects.has(id) ? pair.after : pair.before
  return look.root(o as DbObject<unknown> as Table).id
}

/**
 * The rows of a changed table: what changed (foreign keys are lines, not rows), and the columns that are keys, so that a
 * reader knows where they are.
 */
export function changedRows(pair: Pair, id: Id, touched: readonly Id[]): Attribute[] {
  const look = pair.after.model.objects.has(id) ? pair.after : pair.before
  const keys = keyMarks(look, at(pair, id) as DbObject<unknown> as Table)
  const marks = new Map<Id, Mark>()
  const others: Id[] = []
  const partitions: Id[] = []
  for (const t of touched) {
    const home = nearestTable(pair, t)
    const own = columnOf(pair, t)
    if (home !== id && touched.includes(home)) partitions.push(...(home === t ? [t] : []))
    else if (own !== null) marks.set(own, own === t ? markOf(pair, t) : (marks.get(own) ?? '~'))
    else if (t !== id && at(pair, t)!.kind !== foreignKey.kind) others.push(t)
  }
  const gone = pair.before.columns(id).filter((c) => !pair.after.model.objects.has(c.id))
  const columns = [...look.columns(id), ...(look === pair.before ? [] : gone)]
  const whole = markOf(pair, id) !== '~'
  const shown = columns.filter((c) => whole || marks.has(c.id) || (keys.get(c.path[2]!) ?? []).length > 0)
  return [
    ...shown.map((c) => columnRow(pair, c, keys.get(c.path[2]!) ?? [], whole ? undefined : marks.get(c.id))),
    ...(whole ? [] : [...others.map((o) => otherRow(pair, o)), ...partitionRows(pair, partitions)]),
  ]
}

/** The table or partition that an object is, or is on. */
function nearestTable(pair: Pair, id: Id): Id {
  const o = at(pair, id)!
  return o.kind === table.kind || o.parent === null ? id : nearestTable(pair, o.parent)
}

/** Partitions come and go by the dozen: each kind of change is one row. */
function partitionRows(pair: Pair, ids: readonly Id[]): Attribute[] {
  return [...groupBy(ids, (id) => markOf(pair, id))].map(([mark, list]): Attribute => {
    const [first, last] = [at(pair, list[0]!)!.path[1]!, at(pair, list.at(-1)!)!.path[1]!]
    return { type: list.length === 1 ? 'partition' : 'partitions', name: word(first), keys: [], note: list.length === 1 ? mark : `${mark} ${list.length}, to ${last}` }
  })
}

/** The column that an object is or is on; null for what belongs to the table as a whole. */
function columnOf(pair: Pair, id: Id | null): Id | null {
  const o = id === null ? undefined : at(pair, id)
  if (o === undefined || o.kind === table.kind) return null
  return o.kind === column.kind ? o.id : columnOf(pair, o.parent)
}

function columnRow(pair: Pair, c: Column, keys: readonly string[], mark: Mark | undefined): Attribute {
  const look = pair.after.model.objects.has(c.id) ? pair.after : pair.before
  if (mark === undefined) return columnAttribute(look, c, keys)
  const was = pair.before.model.objects.get(c.id) as DbObject<unknown> as Column | undefined
  const row = columnAttribute(look, c, keys, mark)
  if (mark !== '~' || was === undefined) return row
  return { ...row, note: ['~', difference(was, c), classificationOf(c) ?? ''].filter((p) => p !== '').join(' · ') }
}

const say = (value: unknown): string => (value === null || value === undefined ? 'none' : typeof value === 'string' ? value : canonicalJson(value as never))

/** `type integer → bigint, not null false → true` */
function difference(was: Column, is: Column): string {
  const [a, b] = [was.attrs as Record<string, unknown>, is.attrs as Record<string, unknown>]
  const names = Object.keys(b).filter((k) => canonicalJson((a[k] ?? null) as never) !== canonicalJson((b[k] ?? null) as never))
  return names.map((k) => cut(`${k === 'notNull' ? 'not null' : k} ${say(a[k])} → ${say(b[k])}`, 60)).join(', ')
}

/** An index, a policy, a grant: by what a person calls it. */
function otherRow(pair: Pair, id: Id): Attribute {
  const o = at(pair, id)!
  const label = kindNamed(o.kind).label
  const grantee = (o.attrs as { grantee?: string }).grantee
  return { type: word(label), name: word(grantee ?? o.path.at(-1)!), keys: [], note: markOf(pair, id) }
}
