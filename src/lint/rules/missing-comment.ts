import { comment } from '../../kinds/comment/index.ts'
import { materializedView } from '../../kinds/materialized_view/index.ts'
import { view } from '../../kinds/view/index.ts'
import { kindNamed } from '../../kinds/index.ts'
import { satelliteId } from '../../model/object.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/** Tables, their columns and views say what they are for. Off unless asked for; partitions speak through their parent. */
export const missingComment: Rule = {
  name: 'missing-comment',
  level: 'off',
  about: 'Tables, columns and views have comments.',
  *check({ look }) {
    const tables = look.tables()
    const own = new Set(tables.map((t) => t.id))
    const columns = look.ownColumns().filter((c) => c.parent !== null && own.has(c.parent))
    for (const o of [...tables, ...columns, ...look.all(view), ...look.all(materializedView)])
      if (!look.model.objects.has(satelliteId(comment.kind, o.id)))
        yield { object: o, message: `${kindNamed(o.kind).label} ${nameOf(o)} has no comment, so the documents cannot say what it is for`, todo: 'give it a comment' }
  },
}
