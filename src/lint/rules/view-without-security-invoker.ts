import { table } from '../../kinds/table/index.ts'
import { view } from '../../kinds/view/index.ts'
import type { Id } from '../../model/object.ts'
import { nameOf, type Look } from '../look.ts'
import type { Rule } from '../rule.ts'

/**
 * A view reads its tables with its owner's rights, so the policies that hold are the owner's: usually none. With
 * `security_invoker` (PostgreSQL 15) they are the caller's. A view over such a view has to say it too.
 */
export const viewWithoutSecurityInvoker: Rule = {
  name: 'view-without-security-invoker',
  level: 'error',
  about: "Views over tables with row security read with the caller's rights.",
  *check({ look }) {
    for (const v of look.all(view)) {
      if (/^(true|on|yes|1)$/i.test(v.attrs.options['security_invoker'] ?? '')) continue
      const guarded = tableUnder(look, v.id, new Set())
      if (guarded === null) continue
      yield {
        object: v,
        message: `view ${nameOf(v)} reads ${guarded}, which has row security, with its owner's rights, so its readers see rows that the policies keep from them`,
        todo: 'set security_invoker = true',
      }
    }
  },
}

/** The first table with row security that a view reads, itself or through other views. */
function tableUnder(look: Look, id: Id, seen: Set<Id>): string | null {
  if (seen.has(id)) return null
  seen.add(id)
  const refs = look.model.objects.get(id)?.refs ?? []
  const objects = refs.map((r) => look.model.objects.get(r)).map((o) => (o?.parent && look.model.objects.get(o.parent)?.kind === table.kind ? look.model.objects.get(o.parent) : o))
  for (const o of objects) if (o?.kind === table.kind && look.rowSecurity(o.id).enabled) return nameOf(o)
  for (const o of objects) {
    const found = o?.kind === view.kind ? tableUnder(look, o.id, seen) : null
    if (found !== null) return found
  }
  return null
}
