import type { GrantAttrs } from '../kinds/grant/index.ts'
import { kindOfId } from '../kinds/phrase.ts'
import type { RawAttrs } from '../kinds/raw/index.ts'
import type { RuleAttrs } from '../kinds/rule/index.ts'
import type { DbObject } from '../model/object.ts'
import { commentCode } from './behaviour.ts'
import { call, object, quote, type Code } from './code.ts'
import { sqlIn } from './column.ts'
import { grantsCode } from './grants.ts'
import type { Writer } from './writer.ts'

/** Names an object that has no constant. */
function outsideCode(w: Writer, file: string, id: string, path: readonly string[]): Code {
  w.files.use(file, 'outside')
  return call('outside', ...[kindOfId(id), ...path].map(quote))
}

/** A relation by its constant, or by its name when it has none. */
export function relationCode(w: Writer, file: string, id: string, path: readonly string[]): Code {
  return w.use(file, id) ?? outsideCode(w, file, id, path)
}

/** Rules stand apart: they speak of other relations as a rule. */
export function writeRules(w: Writer, file: string): void {
  for (const o of w.ofKind<RuleAttrs>('rule')) {
    w.take(o.id)
    w.files.use(file, 'rule')
    const on = relationCode(w, file, o.parent!, o.path.slice(0, 2))
    const enabled = o.attrs.enabled === 'origin' ? undefined : quote(o.attrs.enabled)
    const code = object({ enabled, comment: commentCode(w, o.id), definition: sqlIn(w, file, o.attrs.definition) })
    w.files.add(file, call('rule', on, quote(o.path[2]!), code))
  }
}

export function writeRaw(w: Writer, file: string): void {
  for (const o of w.ofKind<RawAttrs>('raw')) {
    w.take(o.id)
    w.files.use(file, 'raw')
    const { create, undo, exists } = o.attrs
    const code = object({ create: sqlIn(w, file, create), undo: sqlIn(w, file, undo), exists: sqlIn(w, file, exists) })
    w.files.add(file, call('raw', quote(o.path[0]!), code))
  }
}

/**
 * Whatever no other file said: comments and grants on objects that are not in the model. Throws when there is more, which is a
 * kind that nothing here writes.
 */
export function writeRest(w: Writer, file: string): void {
  for (const o of w.unsaid()) {
    if (o.kind === 'comment') {
      w.files.use(file, 'comment')
      w.files.add(file, call('comment', outsideCode(w, file, o.parent!, o.path), quote(w.comment(o.parent!)!)))
    } else if (o.kind === 'grant') {
      const entries = grantsCode(w, file, o.parent!)
      if (entries === undefined) continue
      w.files.use(file, 'grant')
      w.files.add(file, call('grant', outsideCode(w, file, o.parent!, o.path), ...entries))
    }
  }
  const left = w.unsaid() as DbObject<GrantAttrs>[]
  if (left.length > 0) throw new Error(`cannot be written as TypeScript: ${left.slice(0, 5).map((o) => o.id).join(', ')}`) // prettier-ignore
}
