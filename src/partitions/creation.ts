import type { Model } from '../model/model.ts'
import { modelOf } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { attachPartition } from '../kinds/table/render.ts'
import type { TableAttrs } from '../kinds/table/index.ts'
import { objectsOf } from '../kinds/partition-calendar.ts'
import { planSteps } from '../plan/plan.ts'
import { nameOf, type CalendarTable } from './calendar-tables.ts'
import { lockConnected } from './lock-connected.ts'

/** One partition to make: the statements of its transaction. The last one attaches it, the one before locks for it. */
export interface Creation {
  readonly id: Id
  readonly table: string
  readonly partition: string
  readonly sql: readonly string[]
}

/**
 * What makes the partitions that are declared and missing, oldest first. The planner says what a partition is; here each is made apart and
 * attached when it is complete, because PARTITION OF would lock its table against readers and writers.
 */
export function creations(tables: readonly CalendarTable[], current: Model, desired: Model): Creation[] {
  const there = tables.filter((t) => t.current !== undefined)
  const missing = there.flatMap((t) => t.months.filter((m) => m.current === undefined).map((m) => ({ ...m, table: t.id })))
  if (missing.length === 0) return []
  const owner = new Map<Id, Id>()
  const objects = missing.flatMap((m) => {
    const own = objectsOf(desired, [m.id])
    for (const o of own) owner.set(o.id, m.id)
    return own.map((o) => (o.id === m.id ? apart(o) : o))
  })
  const steps = planSteps(current, modelOf([...current.objects.values(), ...objects], current.version))
  return missing.map((m) => ({
    id: m.id, table: nameOf(m.table), partition: nameOf(m.id),
    sql: [...steps.filter((s) => owner.get(s.id) === m.id).flatMap((s) => s.sql), ...attached(m.declared as unknown as DbObject<TableAttrs>)],
  })) // prettier-ignore
}

const attached = (o: DbObject<TableAttrs>): string[] => [lockConnected(o.attrs.partitionOf!.table), attachPartition(o)]

/** The table's kind makes such a partition without its parent. */
const apart = (o: DbObject): DbObject => ({ ...o, facts: { ...o.facts, apart: true } })
