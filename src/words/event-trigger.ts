import type { EventTriggerAttrs } from '../kinds/event_trigger/index.ts'
import { addComment } from './comment.ts'
import { checkedName, circular, fail } from './fail.ts'
import { addOwner } from './owner.ts'
import { refOf, type Named } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite } from './site.ts'

export interface EventTriggerSpec {
  readonly event: EventTriggerAttrs['event']
  /** Command tags it fires for, such as `DROP TABLE`; all when left out. */
  readonly tags?: readonly string[]
  /** What fn() returned, or `outside('function', …)`; it returns event_trigger. */
  readonly function: Named
  readonly enabled?: EventTriggerAttrs['enabled']
  /** A superuser. */
  readonly owner?: RoleLike
  readonly comment?: string
  readonly renamedFrom?: string
}

/** Declares an event trigger, which belongs to the database. Only superusers can make one. */
export function eventTrigger(name: string, spec: EventTriggerSpec): Named {
  const site = callSite()
  const ref = refOf('event_trigger', [checkedName(name, `event trigger ${name}`)])
  if (spec.function?.ref === undefined) fail(`event trigger ${name}`, 'its function is undefined where it is used', circular)
  const tags = [...new Set((spec.tags ?? []).map((t) => t.toUpperCase()))].sort()
  const attrs: EventTriggerAttrs = { event: spec.event, tags, function: spec.function.ref.path.slice(0, 2), enabled: spec.enabled ?? 'origin' }
  add({ id: ref.id, kind: 'event_trigger', path: ref.path, parent: null, attrs, refs: [spec.function.ref.id] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addRename('event_trigger', ref.path, spec.renamedFrom, site)
  return { ref }
}
