import { literal } from '../sql/literal.ts'

/** Which part of a database is managed. */
export interface Scope {
  readonly namespaces: readonly string[] | '*'
  /** Roles whose attributes and memberships are managed; others are only referred to. */
  readonly roles: readonly string[]
  /** Extensions that are managed; `*` for all. */
  readonly extensions: readonly string[] | '*'
  /** Declared objects that belong to the database and not to a namespace; others are managed with all the namespaces they speak of. */
  readonly named?: readonly string[] | undefined
}

export const everything: Scope = { namespaces: '*', roles: [], extensions: '*' }

/** What is never anybody's schema: the system's namespaces and our own. */
export function namespaceFilter(scope: Pick<Scope, 'namespaces'>, column: string): string {
  const own = `${column} !~ '^pg_' and ${column} <> 'information_schema' and ${column} not in ('pgintent', 'pgintent_attic')`
  if (scope.namespaces === '*') return own
  return `${own} and ${column} = any (array[${scope.namespaces.map(literal).join(', ')}]::name[])`
}
