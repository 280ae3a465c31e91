import { literal } from '../sql/literal.ts'
import { fail } from './fail.ts'
import { arrayText } from './literal-default.ts'
import { SqlText } from './sql.ts'

/** A value as SQL for a column of a type; a plain quoted literal takes the type of where it stands. Throws UserError for a function and the like. */
export function valueText(value: unknown, type: string, subject: string): string {
  if (value === null) return 'NULL'
  if (value instanceof SqlText) return `(${value.text})`
  if (value instanceof Date) return literal(value.toISOString())
  if (value instanceof Uint8Array) return literal(`\\x${Buffer.from(value).toString('hex')}`)
  switch (typeof value) {
    case 'string':
      return literal(/^jsonb?$/.test(type) ? JSON.stringify(value) : value)
    case 'number':
    case 'bigint':
    case 'boolean':
      return literal(String(value))
    case 'object':
      return literal(Array.isArray(value) && type.endsWith('[]') ? arrayText(value) : JSON.stringify(value))
    default:
      return fail(subject, `its value is a ${typeof value}`, 'give a value or sql`…`')
  }
}
