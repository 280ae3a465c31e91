import type { Id } from '../model/object.ts'
import { ident, qualified } from '../sql/identifier.ts'

/** The kind an id is of. */
export const kindOfId = (id: Id): string => id.slice(0, id.search(/[:(]/))

const words: Record<string, string> = {
  namespace: 'SCHEMA', extension: 'EXTENSION', role: 'ROLE', enum: 'TYPE', domain: 'DOMAIN', composite_type: 'TYPE', range_type: 'TYPE',
  sequence: 'SEQUENCE', table: 'TABLE', view: 'VIEW', materialized_view: 'MATERIALIZED VIEW', index: 'INDEX', column: 'COLUMN',
  function: 'FUNCTION', aggregate: 'AGGREGATE', trigger: 'TRIGGER', policy: 'POLICY', rule: 'RULE', collation: 'COLLATION',
  publication: 'PUBLICATION', event_trigger: 'EVENT TRIGGER', statistics: 'STATISTICS',
} // prettier-ignore

/** `TABLE app.users`, `POLICY p ON app.users`: an object as COMMENT ON, ALTER … OWNER and DROP name it. */
export function phrase(target: Id, path: readonly string[], procedure = false): string {
  const kind = kindOfId(target)
  const word = words[kind]
  switch (kind) {
    case 'key': case 'check': case 'foreign_key': case 'exclusion':
      return `CONSTRAINT ${ident(path[2]!)} ON ${qualified(path.slice(0, 2))}`
    case 'domain_check':
      return `CONSTRAINT ${ident(path[2]!)} ON DOMAIN ${qualified(path.slice(0, 2))}`
    case 'trigger': case 'policy': case 'rule':
      return `${word} ${ident(path[2]!)} ON ${qualified(path.slice(0, 2))}`
    case 'function': case 'aggregate':
      return `${procedure ? 'ROUTINE' : word} ${qualified(path.slice(0, 2))}(${path[2] ?? ''})`
    default:
      return `${word ?? kind.toUpperCase()} ${qualified(path)}`
  } // prettier-ignore
}
