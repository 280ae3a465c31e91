import type { OpenRetirement } from '../apply/retirements.ts'
import { monthOf, ruleOf, type CalendarMonth } from '../kinds/partition-calendar.ts'
import { cutoffOf } from '../kinds/retention.ts'
import { equal } from '../model/equal.ts'
import type { Model } from '../model/model.ts'
import { idOf, type Id, type Json } from '../model/object.ts'
import type { CalendarTable } from './calendar-tables.ts'
import type { Cutoff } from './cutoffs.ts'
import type { LivePartition } from './look.ts'

/** A partition on its way out. */
export interface Candidate {
  readonly id: Id
  readonly path: readonly [string, string]
  readonly parent: readonly [string, string]
  readonly bound: string
  /** Null when the declaration does not list it any more. */
  readonly month: CalendarMonth | null
  readonly level: number
  /** As it is attached, or half detached; null when an earlier run detached it. */
  readonly live: LivePartition | null
  /** Of an earlier run that did not finish. */
  readonly retirement: string | null
  /** Why it is refused before anything is asked of the database. */
  readonly refused: string | null
}

/** Partitions that are due, and what an earlier run left half done: first those that nothing refers to, oldest first. */
export function candidates(
  tables: readonly CalendarTable[],
  cutoffs: ReadonlyMap<Id, Cutoff>,
  live: readonly LivePartition[],
  open: readonly OpenRetirement[],
  declared: Model,
): Candidate[] {
  const due = tables.flatMap((t) => {
    const { at, level } = cutoffs.get(t.id)!
    return t.months.flatMap((m) => {
      const there = live.find((l) => l.id === m.id)
      if (at === null || there === undefined || new Date(m.month.until) > at) return []
      const asDeclared = equal(m.declared.attrs['partitionOf'] as Json, m.current?.attrs['partitionOf'])
      const refused = asDeclared ? null : 'its bound is not the declared one, so its month is not known'
      return [{ id: m.id, path: there.path, parent: there.parent, bound: there.bound, month: m.month, level, live: there, retirement: null, refused }]
    })
  })
  const left = open.filter((o) => o.now === 'detached' || o.now === 'pending').map((o) => leftOver(o, cutoffs, live, declared))
  return [...due, ...left].sort((a, b) => a.level - b.level || compare(a.month?.from ?? '', b.month?.from ?? '') || compare(a.id, b.id))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function leftOver(o: OpenRetirement, cutoffs: ReadonlyMap<Id, Cutoff>, live: readonly LivePartition[], declared: Model): Candidate {
  const id = idOf('table', o.namespace, o.partition)
  const parent = idOf('table', ...o.parent)
  const month = monthOf(declared.objects.get(id)) ?? null
  return {
    id, path: [o.namespace, o.partition], parent: o.parent, bound: o.bound, month, live: live.find((l) => l.id === id) ?? null, retirement: o.id, level: cutoffs.get(parent)?.level ?? 0,
    refused: month === null ? 'the declaration does not list its month any more, so nobody can tell its holds' : keptAgain(declared, parent, month),
  } // prettier-ignore
}

/** The retention may have been made longer since the partition was detached. */
function keptAgain(declared: Model, parent: Id, month: CalendarMonth): string | null {
  const rule = ruleOf(declared.objects.get(parent))
  const at = rule?.retain ? cutoffOf(rule.retain, new Date(`${rule.today}T00:00:00Z`)) : null
  return at === null || new Date(month.until) <= at ? null : `it is detached, and its table now keeps ${rule!.retain}: attach it again`
}
