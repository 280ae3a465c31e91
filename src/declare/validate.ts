import type * as z from 'zod'
import { kindNamed } from '../kinds/index.ts'
import { UserError } from '../model/error.ts'
import type { DbObject } from '../model/object.ts'
import { positionText } from './positions.ts'

/** Checks an object's attributes against its kind. Throws UserError that names the place, the object and the attribute. */
export function validate(o: DbObject): void {
  const kind = kindNamed(o.kind)
  const checked = kind.schema.safeParse(o.attrs)
  if (checked.success) return
  const issue = checked.error.issues[0]!
  const where = positionText(o.at) ?? o.id
  const name = `${kind.label} ${o.path.join('.')}`
  throw new UserError({ where, what: `${name}: ${attributeOf(issue)}: ${issue.message}`, todo: 'give the attribute a value of that kind' })
}

function attributeOf(issue: z.core.$ZodIssue): string {
  return issue.path.length === 0 ? 'attributes' : `attribute ${issue.path.map(String).join('.')}`
}
