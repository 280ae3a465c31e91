import type { Connection } from '../db/index.ts'
import { everything, introspectHere } from '../introspect/index.ts'
import { kindNamed } from '../kinds/index.ts'
import { equal } from '../model/equal.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { build } from './build.ts'

/** Declared objects whose text the target already prints back letter by letter need no server to be understood. */
export function alreadySaid(declared: Model, current: Model): { known: Map<Id, DbObject>; unknown: Id[] } {
  const known = new Map<Id, DbObject>()
  const unknown: Id[] = []
  for (const [id, d] of declared.objects) {
    const c = current.objects.get(id)
    if (c !== undefined && equal(c.attrs, d.attrs)) known.set(id, spokenFor(c, d))
    else unknown.push(id)
  }
  return { known, unknown }
}

/** The server's object with what only the declaration knows: position and classification. */
function spokenFor(server: DbObject, declared: DbObject | undefined): DbObject {
  if (declared === undefined) return server
  const facts = { ...declared.facts, ...server.facts }
  return { ...server, facts, ...(declared.at ? { at: declared.at } : {}) }
}

/** What a server makes of a model: built in an empty database in a transaction that is then undone. `then` is SQL to run on it before it is read. */
export async function printedBy(connection: Connection, model: Model, roles: readonly string[], then = ''): Promise<Model> {
  await connection.script('BEGIN')
  try {
    await build(connection, model)
    if (then !== '') await connection.script(then)
    return await introspectHere(connection, { ...everything, roles })
  } finally {
    await connection.script('ROLLBACK; RESET ALL')
  }
}

/**
 * The desired state as PostgreSQL understands it. An owner that the declaration does not name is not part of it, and what
 * no server can print back (raw SQL) is taken as declared.
 */
export async function elaborate(connection: Connection, declared: Model, roles: readonly string[]): Promise<Model> {
  const printed = await printedBy(connection, declared, roles)
  const objects: DbObject[] = []
  for (const o of printed.objects.values()) {
    const d = declared.objects.get(o.id)
    if (d === undefined && optional(o)) continue
    objects.push(spokenFor(o, d ?? nearest(o, declared)))
  }
  for (const d of declared.objects.values()) if (!printed.objects.has(d.id) && unprintable(d)) objects.push(d)
  return modelOf(objects, printed.version, [])
}

/** An object nobody declared by itself (an inherited column) speaks from where its parent was declared. */
function nearest(o: DbObject, declared: Model): DbObject | undefined {
  const parent = o.parent === null ? undefined : declared.objects.get(o.parent)
  return parent?.at ? { ...o, at: parent.at } : undefined
}

/** Left as it is unless declared. */
export const optional = (o: DbObject): boolean => kindNamed(o.kind).optional === true
const unprintable = (o: DbObject): boolean => kindNamed(o.kind).unprintable === true
