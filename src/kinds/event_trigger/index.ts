import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({
  event: z.enum(['ddl_command_start', 'ddl_command_end', 'table_rewrite', 'sql_drop', 'login']),
  /** Command tags in capitals, sorted; empty for all. */
  tags: z.array(z.string()),
  function: z.array(z.string()),
  enabled: z.enum(['origin', 'disabled', 'replica', 'always']),
})
export type EventTriggerAttrs = z.infer<typeof schema>
type EventTrigger = DbObject<EventTriggerAttrs>

function create(o: EventTrigger): string[] {
  const { event, tags, function: f, enabled } = o.attrs
  const when = tags.length === 0 ? '' : ` WHEN TAG IN (${tags.map(literal).join(', ')})`
  return [`CREATE EVENT TRIGGER ${ident(o.path[0]!)} ON ${event}${when} EXECUTE FUNCTION ${qualified(f)}()`, ...(enabled === 'origin' ? [] : [enable(o)])]
}

function enable(o: EventTrigger): string {
  const word = { origin: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[o.attrs.enabled]
  return `ALTER EVENT TRIGGER ${ident(o.path[0]!)} ${word}`
}

/** Of the whole database. It is made last and dropped first, so that it does not fire for the rest of its own plan. */
export const eventTrigger = defineKind<EventTriggerAttrs>({
  kind: 'event_trigger',
  label: 'event trigger',
  weight: 300,
  dropWeight: 1,
  schema,
  catalog: () => `
    select json_build_array(e.evtname) as path,
           json_build_array(json_build_array(3466, e.oid::int8, 0)) as addresses,
           json_build_object('event', e.evtevent, 'tags', (select coalesce(json_agg(t order by t collate "C"), '[]') from unnest(e.evttags) t),
             'function', json_build_array(pn.nspname, p.proname),
             'enabled', case e.evtenabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end) as attrs
    from pg_event_trigger e join pg_proc p on p.oid = e.evtfoid join pg_namespace pn on pn.oid = p.pronamespace
    where not exists (select from ext x where x.classid = 3466 and x.objid = e.oid)`,
  create,
  drop: (o) => [`DROP EVENT TRIGGER ${ident(o.path[0]!)}`],
  alter: { event: 'replace', tags: 'replace', function: 'replace', enabled: (_, to) => [enable(to)] },
  namespaces: (o) => [o.attrs.function[0]!],
  rights: () => ({ superuser: 'an event trigger' }),
  superuserOwns: () => true,
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  hazards: (type, from, to) => {
    if (type === 'drop') return [{ name: 'drop_event_trigger', destructive: false, sentence: `what ${ident(from!.path[0]!)} did on ${from!.attrs.event} no longer happens` }]
    if (type === 'alter') return to!.attrs.enabled === 'disabled' ? [{ name: 'disable_event_trigger', destructive: false, sentence: `${ident(to!.path[0]!)} no longer fires` }] : []
    return [
      {
        name: 'event_trigger',
        destructive: false,
        sentence: `${ident(to!.path[0]!)} runs for every ${to!.attrs.event === 'login' ? 'login' : 'such command'} in this database, and can refuse it`,
      },
    ]
  },
  rename: (from, to) => [`ALTER EVENT TRIGGER ${ident(from.path[0]!)} RENAME TO ${ident(to.path[0]!)}`],
})
