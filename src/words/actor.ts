import { accessRegistry } from './access-registry.ts'
import { fail } from './fail.ts'
import { roleOf, type RoleLike } from './role.ts'
import { setName, type RowSet } from './row-set.ts'
import { callSite } from './site.ts'
import { SqlText } from './sql.ts'

/** Somebody whose access is tested. */
export interface Actor {
  readonly actor: string
}

export interface ActorSpec {
  /** Whose rights are tried. */
  readonly role: RoleLike
  /** Who logs in and then takes the role with SET ROLE; the role itself unless given. */
  readonly login?: RoleLike
  /** What says who is asking: run at the beginning of every transaction, as the actor. */
  readonly context?: SqlText | readonly SqlText[]
  /** What words such as `own` mean for this actor. */
  readonly sets?: { readonly [word: string]: RowSet | readonly RowSet[] }
}

/** Declares an actor. Throws UserError for a second one of the same name and for what is not a role, SQL or a row set. */
export function actor(name: string, spec: ActorSpec): Actor {
  const subject = `actor ${JSON.stringify(name)}`
  if (typeof name !== 'string' || name.trim() === '') fail(subject, 'its name is empty', 'give it a name')
  if (accessRegistry().actors.some((a) => a.name === name)) fail(subject, 'there is another one of this name', 'give it a name of its own')
  const role = roleOf(spec.role, subject).name
  const login = spec.login === undefined ? role : roleOf(spec.login, subject).name
  if (role === 'public' || login === 'public') fail(subject, 'nobody logs in as PUBLIC', 'give it a role without grants of its own')
  const context = spec.context === undefined ? [] : Array.isArray(spec.context) ? (spec.context as SqlText[]) : [spec.context as SqlText]
  for (const c of context) if (!(c instanceof SqlText)) fail(subject, 'its context is not SQL', 'write it as sql`…`')
  const sets = Object.entries(spec.sets ?? {}).map(([word, of]) => [word, [of].flat().map((s) => setName(s as RowSet, subject))] as const)
  accessRegistry().actors.push({ name, role, login, context: context.map((c) => c.text), sets: Object.fromEntries(sets), site: callSite() })
  return { actor: name }
}

/** The name of an actor. Throws UserError when it is none. */
export function actorName(like: Actor | string, subject: string): string {
  const name = typeof like === 'string' ? like : (like as Partial<Actor> | undefined)?.actor
  if (name === undefined || !accessRegistry().actors.some((a) => a.name === name))
    fail(subject, name === undefined ? 'an actor in it is not an actor' : `there is no actor ${JSON.stringify(name)}`, 'give what actor() returned, or its name')
  return name
}
