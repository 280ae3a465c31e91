import { defaultGrant } from '../../kinds/default_grant/index.ts'
import { grant } from '../../kinds/grant/index.ts'
import { kindNamed } from '../../kinds/index.ts'
import { nameOf, type Look } from '../look.ts'
import type { Problem, Rule } from '../rule.ts'

/** PUBLIC is every role there is and every role that will be. What PostgreSQL gives it by itself (EXECUTE, USAGE of types) is not meant. */
export const grantToPublic: Rule = {
  name: 'grant-to-public',
  level: 'warn',
  about: 'Privileges are granted to roles, not to PUBLIC.',
  *check({ look }) {
    for (const g of look.all(grant)) {
      const privileges = beyond(g.attrs)
      if (g.attrs.grantee === 'public' && privileges.length > 0)
        yield {
          object: g,
          message: `PUBLIC holds ${privileges.join(', ').toUpperCase()} on ${target(look, g.parent!)} ${nameOf(g)}, so every role there is or will be does`,
          todo: 'grant it to the roles that need it',
        }
    }
    yield* defaults(look)
  },
}

const beyond = (a: { privileges: Record<string, boolean>; builtIn: readonly string[] }): string[] =>
  Object.keys(a.privileges)
    .filter((p) => !a.builtIn.includes(p))
    .sort()
const target = (look: Look, id: string): string => kindNamed(look.model.objects.get(id)?.kind ?? 'column').label

function* defaults(look: Look): Iterable<Problem> {
  for (const g of look.all(defaultGrant)) {
    const privileges = beyond(g.attrs)
    if (g.attrs.grantee === 'public' && privileges.length > 0)
      yield {
        object: g,
        message: `default privileges of ${g.attrs.role} give PUBLIC ${privileges.join(', ').toUpperCase()} on new ${g.attrs.objects}`,
        todo: 'grant it to the roles that need it',
      }
  }
}
