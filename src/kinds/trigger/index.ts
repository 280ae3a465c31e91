import * as z from 'zod'
import { idOf, type DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import { defineKind } from '../contract.ts'
import { catalog } from './catalog.ts'

const schema = z.strictObject({
  timing: z.enum(['before', 'after', 'instead of']),
  events: z.array(z.enum(['insert', 'delete', 'update', 'truncate'])),
  updateOf: z.array(z.string()),
  level: z.enum(['row', 'statement']),
  when: z.string().nullable(),
  oldTable: z.string().nullable(),
  newTable: z.string().nullable(),
  function: z.array(z.string()),
  arguments: z.array(z.string()),
  constraint: z.boolean(),
  deferrable: z.boolean(),
  deferred: z.boolean(),
  from: z.array(z.string()).nullable(),
  enabled: z.enum(['origin', 'disabled', 'replica', 'always']),
})
export type TriggerAttrs = z.infer<typeof schema>
type Trigger = DbObject<TriggerAttrs>

const onTable = (o: Trigger): string => qualified(o.path.slice(0, 2))

/** A word like the catalogs order them: so that two spellings of one trigger are equal. */
function create(o: Trigger): string[] {
  const a = o.attrs
  const events = a.events.map((e) => (e === 'update' && a.updateOf.length > 0 ? `UPDATE OF ${a.updateOf.map(ident).join(', ')}` : e.toUpperCase()))
  const lines = [`CREATE ${a.constraint ? 'CONSTRAINT ' : ''}TRIGGER ${ident(o.path[2]!)} ${a.timing.toUpperCase()} ${events.join(' OR ')} ON ${onTable(o)}`]
  if (a.from !== null) lines.push(`FROM ${qualified(a.from)}`)
  if (a.constraint) lines.push(a.deferrable ? `DEFERRABLE INITIALLY ${a.deferred ? 'DEFERRED' : 'IMMEDIATE'}` : 'NOT DEFERRABLE')
  if (a.oldTable !== null || a.newTable !== null)
    lines.push(`REFERENCING${a.oldTable === null ? '' : ` OLD TABLE AS ${ident(a.oldTable)}`}${a.newTable === null ? '' : ` NEW TABLE AS ${ident(a.newTable)}`}`)
  lines.push(`FOR EACH ${a.level.toUpperCase()}`)
  if (a.when !== null) lines.push(`WHEN (${a.when})`)
  lines.push(`EXECUTE FUNCTION ${qualified(a.function)}(${a.arguments.map(literal).join(', ')})`)
  return [lines.join(' '), ...(a.enabled === 'origin' ? [] : [enable(o)])]
}

function enable(o: Trigger): string {
  const word = { origin: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[o.attrs.enabled]
  return `ALTER TABLE ${onTable(o)} ${word} TRIGGER ${ident(o.path[2]!)}`
}

/** Path: namespace, table, trigger. Those that a partition has from its parent are the parent's. */
export const trigger = defineKind<TriggerAttrs>({
  kind: 'trigger',
  label: 'trigger',
  weight: 78,
  schema,
  catalog: () => catalog,
  read: (row) => {
    const { arguments: hex, definition, ...rest } = row.attrs as unknown as TriggerAttrs & { arguments: string; definition: string }
    const bytes = Buffer.from(hex, 'hex').toString('utf8')
    const args = bytes === '' ? [] : bytes.split('\0').slice(0, -1)
    const when = / WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) /s.exec(definition)?.[1] ?? null
    return [{ id: idOf('trigger', ...row.path!), kind: 'trigger', path: row.path!, parent: null, attrs: { ...rest, arguments: args, when }, refs: [] }]
  },
  create,
  drop: (o) => [`DROP TRIGGER ${ident(o.path[2]!)} ON ${onTable(o)}`],
  alter: {
    timing: 'replace', events: 'replace', updateOf: 'replace', level: 'replace', when: 'replace', oldTable: 'replace', newTable: 'replace', function: 'replace',
    arguments: 'replace', constraint: 'replace', deferrable: 'replace', deferred: 'replace', from: 'replace',
    enabled: (_, to) => [enable(to)],
  }, // prettier-ignore
  dropsWithParent: true,
  survivesRetype: false,
  stateless: true,
  hazards: (type, from, to) => {
    if (type === 'drop') return [{ name: 'drop_trigger', destructive: false, sentence: `what ${ident(from!.path[2]!)} did on ${onTable(from!)} no longer happens` }]
    if (type === 'alter' && to!.attrs.enabled === 'disabled') return [{ name: 'disable_trigger', destructive: false, sentence: `${ident(to!.path[2]!)} no longer fires` }]
    return []
  },
  rename: (from, to) => [`ALTER TRIGGER ${ident(from.path[2]!)} ON ${onTable(to)} RENAME TO ${ident(to.path[2]!)}`],
})
