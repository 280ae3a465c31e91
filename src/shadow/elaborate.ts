import type { Connection } from '../db/index.ts'
import { everything, introspectHere } from '../introspect/index.ts'
import { kindNamed } from '../kinds/index.ts'
import { closure, restrict } from '../model/closure.ts'
import { equal } from '../model/equal.ts'
import { UserError } from '../model/error.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { borrowedNamespaces, build, withoutBorrowed } from './build.ts'

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

/** The server's object with what only the declaration knows: position and classification. A position costs a little, and most are never asked for. */
function spokenFor(server: DbObject, declared: DbObject | undefined): DbObject {
  if (declared === undefined) return server
  const out = { ...server, facts: { ...declared.facts, ...server.facts } }
  return Object.defineProperty(out, 'at', { get: () => declared.at, enumerable: true, configurable: true })
}

/** A model whose attributes are the very objects of another where they are equal, so that comparing the two again costs nothing. */
export function sharing(model: Model, other: Model): Model {
  const objects = [...model.objects.values()].map((o) => {
    const same = other.objects.get(o.id)
    if (same === undefined || same.attrs === o.attrs || !equal(same.attrs, o.attrs)) return o
    return Object.defineProperty({ ...o, attrs: same.attrs }, 'at', { get: () => o.at, enumerable: true, configurable: true })
  })
  return modelOf(objects, model.version, model.unmanaged)
}

/** What a server makes of a model: built in an empty database in a transaction that is then undone. `then` is SQL to run on it before it is read. */
export async function printedBy(connection: Connection, model: Model, roles: readonly string[], then = ''): Promise<Model> {
  await connection.script('BEGIN')
  try {
    await build(connection, model)
    if (then !== '') await connection.script(then)
    return withoutBorrowed(await introspectHere(connection, { ...everything, roles }), borrowedNamespaces([model]))
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
  return modelOf(spoken(printed, declared), printed.version, [])
}

/** Of a large schema, what few objects need is built, as long as that is enough to understand them; otherwise all of it. */
export async function elaborateSome(
  connection: Connection,
  declared: Model,
  already: { known: ReadonlyMap<Id, DbObject>; unknown: readonly Id[] },
  roles: readonly string[],
): Promise<Model> {
  const few = already.unknown.length * 4 < declared.objects.size && declared.objects.size > worthwhile
  if (!few) return elaborate(connection, declared, roles)
  const asKnown = modelOf([...declared.objects.values()].map((o) => already.known.get(o.id) ?? o))
  const part = restrict(asKnown, closure([asKnown], already.unknown, holdsRows))
  try {
    const printed = await printedBy(connection, part, roles)
    if (already.unknown.every((id) => printed.objects.has(id) || unprintable(declared.objects.get(id)!))) {
      const unknown = new Set(already.unknown)
      const own = spoken(printed, restrict(declared, unknown)).filter((o) => unknown.has(o.id))
      return modelOf([...already.known.values(), ...own], printed.version)
    }
  } catch (error) {
    // What was left out may be what it lacks; if not, the whole will say the same.
    if (!(error instanceof UserError)) throw error
  }
  return elaborate(connection, declared, roles)
}

/** Below this many objects the whole is built in no time. */
const worthwhile = 1_500

/** Columns come with their table: a table without some of them is another table. */
export const holdsRows = (o: DbObject): boolean => kindNamed(o.kind).inline !== undefined && !kindNamed(o.kind).stateless

function spoken(printed: Model, declared: Model): DbObject[] {
  const objects: DbObject[] = []
  for (const o of printed.objects.values()) {
    const d = declared.objects.get(o.id)
    if (d === undefined && optional(o)) continue
    objects.push(spokenFor(o, d ?? nearest(o, declared)))
  }
  for (const d of declared.objects.values()) if (!printed.objects.has(d.id) && unprintable(d)) objects.push(d)
  return objects
}

/** An earlier answer with the positions, classifications and calendar of the declaration as it is now. */
export function respoken(answer: Model, declared: Model): Model {
  const anew = (o: DbObject): DbObject => {
    const d = declared.objects.get(o.id)
    if (d === undefined) return spokenFor(o, nearest(o, declared))
    // The server knows positions better.
    const { position: _, ...said } = d.facts ?? {}
    return spokenFor({ ...o, facts: { ...o.facts, ...said } }, d)
  }
  return modelOf([...answer.objects.values()].map(anew), answer.version)
}

/** An object nobody declared by itself (an inherited column) speaks from where its parent was declared. */
function nearest(o: DbObject, declared: Model): DbObject | undefined {
  const parent = o.parent === null ? undefined : declared.objects.get(o.parent)
  return parent === undefined ? undefined : Object.defineProperty({ ...o }, 'at', { get: () => parent.at, enumerable: true, configurable: true })
}

/** Left as it is unless declared. */
export const optional = (o: DbObject): boolean => kindNamed(o.kind).optional === true
const unprintable = (o: DbObject): boolean => kindNamed(o.kind).unprintable === true
