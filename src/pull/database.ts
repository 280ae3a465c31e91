import type { CollationAttrs } from '../kinds/collation/index.ts'
import type { EventTriggerAttrs } from '../kinds/event_trigger/index.ts'
import type { PublicationAttrs, PublishedTable } from '../kinds/publication/index.ts'
import type { StatisticsAttrs } from '../kinds/statistics/index.ts'
import { idOf, type DbObject } from '../model/object.ts'
import { commentCode, functionCode } from './behaviour.ts'
import { call, object, quote, unlessEmpty, type Code } from './code.ts'
import { sqlIn } from './column.ts'
import { relationCode } from './rest.ts'
import { ownerCode } from './table.ts'
import type { Writer } from './writer.ts'

const flag = (value: boolean): string | undefined => (value ? 'true' : undefined)
const some = (list: readonly Code[]): Code | undefined => (list.length === 0 ? undefined : list)

export function writeCollation(w: Writer, file: string, o: DbObject<CollationAttrs>): void {
  w.take(o.id)
  w.files.use(file, 'collation')
  const a = o.attrs
  const one = a.locale ?? (a.lcCollate === a.lcCtype ? a.lcCollate : null)
  const code = object({
    comment: commentCode(w, o.id), owner: ownerCode(w, file, o.id), provider: a.provider === 'libc' ? undefined : quote(a.provider),
    locale: one === null ? undefined : quote(one), lcCollate: one !== null ? undefined : quote(a.lcCollate ?? ''), lcCtype: one !== null ? undefined : quote(a.lcCtype ?? ''),
    deterministic: a.deterministic ? undefined : 'false', rules: a.rules === null ? undefined : quote(a.rules),
  }) // prettier-ignore
  w.files.add(file, call('collation', w.namespace(file, o.path[0]!), quote(o.path[1]!), code))
}

export function writeStatistics(w: Writer, file: string): void {
  for (const o of w.ofKind<StatisticsAttrs>('statistics')) {
    w.take(o.id)
    w.files.use(file, 'statistics')
    const a = o.attrs
    const on = relationCode(w, file, o.parent ?? idOf('table', ...a.table), a.table)
    const code = object({
      comment: commentCode(w, o.id), owner: ownerCode(w, file, o.id), namespace: o.path[0] === a.table[0] ? undefined : w.namespace(file, o.path[0]!),
      kinds: a.kinds.length === 0 || a.kinds.length === 3 ? undefined : a.kinds.map(quote), target: a.target === null ? undefined : String(a.target),
      on: [...a.columns.map(quote), ...a.expressions.map((e) => sqlIn(w, file, e))],
    }) // prettier-ignore
    w.files.add(file, call('statistics', on, quote(o.path[1]!), code))
  }
}

function publishedCode(w: Writer, file: string, { table, columns, where }: PublishedTable): Code {
  const name = relationCode(w, file, idOf('table', ...table), table)
  if (columns === null && where === null) return name
  return object({ table: name, columns: columns?.map(quote), where: where === null ? undefined : sqlIn(w, file, where) })
}

export function writePublications(w: Writer, file: string): void {
  for (const o of w.ofKind<PublicationAttrs>('publication')) {
    w.take(o.id)
    w.files.use(file, 'publication')
    const a = o.attrs
    const code = object({
      comment: commentCode(w, o.id), owner: ownerCode(w, file, o.id), allTables: flag(a.allTables),
      namespaces: some(a.namespaces.map((n) => w.use(file, idOf('namespace', n)) ?? quote(n))), tables: some(a.tables.map((t) => publishedCode(w, file, t))),
      publish: a.publish.length === 4 ? undefined : a.publish.map(quote), viaPartitionRoot: flag(a.viaRoot), generatedColumns: flag(a.generated),
    }) // prettier-ignore
    w.files.add(file, call('publication', quote(o.path[0]!), unlessEmpty(code) ?? '{}'))
  }
}

export function writeEventTriggers(w: Writer, file: string): void {
  for (const o of w.ofKind<EventTriggerAttrs>('event_trigger')) {
    w.take(o.id)
    w.files.use(file, 'eventTrigger')
    const a = o.attrs
    const code = object({
      comment: commentCode(w, o.id), owner: ownerCode(w, file, o.id), event: quote(a.event), tags: some(a.tags.map(quote)),
      function: functionCode(w, file, a.function), enabled: a.enabled === 'origin' ? undefined : quote(a.enabled),
    }) // prettier-ignore
    w.files.add(file, call('eventTrigger', quote(o.path[0]!), code))
  }
}
