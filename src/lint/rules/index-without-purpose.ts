import { comment } from '../../kinds/comment/index.ts'
import { index } from '../../kinds/index/index.ts'
import { key } from '../../kinds/key/index.ts'
import { kindNamed } from '../../kinds/index.ts'
import { satelliteId } from '../../model/object.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/** Each index, and each unique key, names the query that it serves. Off unless asked for; a primary key needs no reason. */
export const indexWithoutPurpose: Rule = {
  name: 'index-without-purpose',
  level: 'off',
  about: 'Indexes and unique keys say which query they serve.',
  *check({ look }) {
    const tables = new Set(look.tables().map((t) => t.id))
    for (const o of [...look.all(index), ...look.all(key).filter((k) => !k.attrs.primary)])
      if (o.parent !== null && tables.has(o.parent) && !look.model.objects.has(satelliteId(comment.kind, o.id)))
        yield {
          object: o,
          message: `${kindNamed(o.kind).label} ${nameOf(o)} does not say what it is for, and every write pays for it`,
          todo: 'name the query that it serves in a comment',
        }
  },
}
