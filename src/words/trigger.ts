import type { TriggerAttrs } from '../kinds/trigger/index.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import { refOf, type Named, type Ref, type Unknown } from './ref.ts'
import { add, addRename } from './registry.ts'
import { callSite, type Site } from './site.ts'
import { resolveSql, type SqlOf } from './sql.ts'
import { anyColumns, columnRefs, infoOf, type TableInfo } from './table-info.ts'
import type { Refs } from './table-types.ts'

type Event = TriggerAttrs['events'][number]

export interface TriggerSpec<N extends string> {
  readonly timing: TriggerAttrs['timing']
  readonly events: readonly Event[]
  readonly updateOf?: readonly N[]
  /** `statement` when left out, as in SQL. */
  readonly level?: TriggerAttrs['level']
  /** Over `new` and `old`; columns interpolate bare: sql`new.${c.status} is distinct from old.${c.status}`. */
  readonly when?: SqlOf<Refs<N>>
  /** What fn() returned, or `outside('function', …)`. */
  readonly function: Named
  readonly arguments?: readonly string[]
  readonly oldTable?: string
  readonly newTable?: string
  /** CREATE CONSTRAINT TRIGGER, which fires for each row. */
  readonly constraint?: boolean
  readonly deferrable?: boolean
  readonly deferred?: boolean
  readonly from?: Named
  readonly enabled?: TriggerAttrs['enabled']
  readonly comment?: string
  readonly renamedFrom?: string
}

const order: readonly Event[] = ['insert', 'delete', 'update', 'truncate']

export function addTrigger(on: Ref, table: TableInfo | null, name: string, spec: TriggerSpec<string>, site: Site): void {
  const subject = `trigger ${name} on ${on.text}`
  const path = [...on.path, checkedName(name, subject)]
  const ref = refOf('trigger', path)
  for (const c of spec.updateOf ?? []) table?.check(c, subject)
  if (spec.function?.ref === undefined) fail(subject, 'it has no function', 'give function: what fn() returned')
  const when = spec.when === undefined ? null : resolveSql(spec.when, table === null ? anyColumns(on.path) : columnRefs(table), subject)
  const constraint = spec.constraint ?? false
  const attrs: TriggerAttrs = {
    timing: spec.timing, events: order.filter((e) => spec.events.includes(e)), updateOf: [...(spec.updateOf ?? [])],
    level: spec.level ?? (constraint ? 'row' : 'statement'), when: when?.text ?? null, oldTable: spec.oldTable ?? null, newTable: spec.newTable ?? null,
    function: spec.function.ref.path.slice(0, 2), arguments: [...(spec.arguments ?? [])], constraint,
    deferrable: spec.deferrable ?? spec.deferred ?? false, deferred: spec.deferred ?? false,
    from: spec.from === undefined ? null : [...spec.from.ref.path], enabled: spec.enabled ?? 'origin',
  } // prettier-ignore
  const refs = [on.id, spec.function.ref.id, ...(spec.from === undefined ? [] : [spec.from.ref.id]), ...(when?.refs ?? [])]
  add({ id: ref.id, kind: 'trigger', path, parent: on.id, attrs, refs }, site)
  addComment(ref, spec.comment, site)
  addRename('trigger', path, spec.renamedFrom, site)
}

/** A trigger apart from its table, or on a view. In: the relation, the trigger's name and what it does. */
export function trigger<N extends string>(on: Named & { readonly columns: Refs<N> }, name: string, spec: TriggerSpec<N>): void
export function trigger(on: Unknown, name: string, spec: TriggerSpec<string>): void
export function trigger(on: Named, name: string, spec: TriggerSpec<string>): void {
  addTrigger(on.ref, infoOf(on), name, spec, callSite())
}
