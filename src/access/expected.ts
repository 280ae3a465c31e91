import type { AccessDeclaration } from '../declare/index.ts'
import type { Operation, Reach } from '../words/access-registry.ts'
import type { Actor } from './session.ts'

/** What an actor is expected to reach. */
export function expectedOf(expectation: AccessDeclaration['expectations'][number], actor: Actor, operation: Operation): Reach {
  return expectation.cells.findLast((c) => c.actors.includes(actor.name))?.expected[operation] ?? ['denied']
}
