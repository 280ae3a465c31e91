import type { PolicyAttrs } from '../kinds/policy/index.ts'
import type { RowSecurityAttrs } from '../kinds/row_security/index.ts'
import type { TriggerAttrs } from '../kinds/trigger/index.ts'
import { idOf, type Id } from '../model/object.ts'
import { object, quote, record, unlessEmpty, type Code } from './code.ts'
import { sqlIn } from './column.ts'
import { roleCode } from './grants.ts'
import type { Writer } from './writer.ts'

/** Row security with its policies. Undefined when there is neither. */
export function rowSecurityCode(w: Writer, file: string, table: Id, path: readonly string[]): Code | undefined {
  const policies = w.takeChildren<PolicyAttrs>(table, 'policy').map((o): [string, Code] => {
    const a = o.attrs
    const everyone = a.roles.join() === 'public'
    return [
      o.path[2]!,
      object({
        for: a.command === 'all' ? undefined : quote(a.command), to: everyone ? undefined : a.roles.map((r) => roleCode(w, file, r)),
        using: a.using === null ? undefined : sqlIn(w, file, a.using), check: a.check === null ? undefined : sqlIn(w, file, a.check),
        restrictive: a.permissive ? undefined : 'true', comment: commentCode(w, o.id),
      }), // prettier-ignore
    ]
  })
  const security = w.take<RowSecurityAttrs>(idOf('row_security', ...path))?.attrs
  if (security === undefined && policies.length === 0) return undefined
  return object({
    enable: security?.enabled === true ? undefined : 'false',
    force: security?.forced === true ? 'true' : undefined,
    policies: unlessEmpty(record(policies)),
  })
}

export function commentCode(w: Writer, id: Id): string | undefined {
  const text = w.comment(id)
  return text === undefined ? undefined : quote(text)
}

/** A function as what triggers call. */
export function functionCode(w: Writer, file: string, path: readonly string[]): string {
  const name = w.use(file, `${idOf('function', ...path)}()`)
  if (name !== undefined) return name
  w.files.use(file, 'outside')
  return `outside('function', ${path.map(quote).join(', ')})`
}

export function triggersCode(w: Writer, file: string, relation: Id): Code | undefined {
  const triggers = w.takeChildren<TriggerAttrs>(relation, 'trigger').map((o): [string, Code] => {
    const a = o.attrs
    if (a.from !== null) w.files.use(file, 'outside')
    return [
      o.path[2]!,
      object({
        timing: quote(a.timing), events: a.events.map(quote), updateOf: a.updateOf.length === 0 ? undefined : a.updateOf.map(quote),
        level: a.level === (a.constraint ? 'row' : 'statement') ? undefined : quote(a.level), when: a.when === null ? undefined : sqlIn(w, file, a.when),
        function: functionCode(w, file, a.function), arguments: a.arguments.length === 0 ? undefined : a.arguments.map(quote),
        oldTable: a.oldTable === null ? undefined : quote(a.oldTable), newTable: a.newTable === null ? undefined : quote(a.newTable),
        constraint: a.constraint ? 'true' : undefined, deferrable: a.deferrable === a.deferred ? undefined : String(a.deferrable), deferred: a.deferred ? 'true' : undefined,
        from: a.from === null ? undefined : `outside('table', ${a.from.map(quote).join(', ')})`,
        enabled: a.enabled === 'origin' ? undefined : quote(a.enabled), comment: commentCode(w, o.id),
      }), // prettier-ignore
    ]
  })
  return unlessEmpty(record(triggers))
}
