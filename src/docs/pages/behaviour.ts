import { rule } from '../../kinds/rule/index.ts'
import { trigger, type TriggerAttrs } from '../../kinds/trigger/index.ts'
import type { Id } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import type { Look } from '../look.ts'
import { code, grid, section, text } from '../markdown.ts'

/** What happens by itself when rows change: triggers and rules. */
export function behaviour(look: Look, id: Id): string {
  const triggers = look
    .on(id, trigger)
    .map((t) => [
      code(ident(t.path[2]!)),
      when(t.attrs),
      code(`${qualified(t.attrs.function)}(${t.attrs.arguments.map((a) => `'${a}'`).join(', ')})`),
      code(t.attrs.when ?? ''),
      t.attrs.enabled === 'origin' ? '' : t.attrs.enabled,
      text(look.comment(t.id) ?? ''),
    ])
  const rules = look
    .on(id, rule)
    .map((r) => [code(ident(r.path[2]!)), code(r.attrs.definition), r.attrs.enabled === 'origin' ? '' : r.attrs.enabled, text(look.comment(r.id) ?? '')])
  return [
    section(2, 'Triggers', grid(['Trigger', 'Fires', 'Calls', 'When', 'State', 'Comment'], triggers)),
    section(2, 'Rules', grid(['Rule', 'Definition', 'State', 'Comment'], rules)),
  ]
    .filter((s) => s !== '')
    .join('\n\n')
}

function when(a: TriggerAttrs): string {
  const events = a.events.map((e) => (e === 'update' && a.updateOf.length > 0 ? `update of ${a.updateOf.map((c) => code(ident(c))).join(', ')}` : e))
  return `${a.timing} ${events.join(' or ')}, each ${a.level}${a.constraint ? (a.deferred ? ', at commit' : ', constraint') : ''}`
}
