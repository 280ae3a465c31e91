import { kindOfId } from '../kinds/phrase.ts'
import type { GrantAttrs } from '../kinds/grant/index.ts'
import { modelOf, type Model } from '../model/model.ts'
import { idOf, satelliteId, type DbObject, type Id } from '../model/object.ts'
import { builtInPrivileges, saysNothing } from '../words/grants.ts'

const ownable: ReadonlySet<string> = new Set([
  'namespace', 'table', 'sequence', 'view', 'materialized_view', 'function', 'aggregate', 'enum', 'domain', 'composite_type', 'range_type',
  'collation', 'statistics',
]) // prettier-ignore

/**
 * Whether an object has an owner of its own to declare: a sequence that belongs to a column has its table's, and the
 * namespace `public` keeps the owner that the database was made with.
 */
export function takesDefaultOwner(o: DbObject, model: Model): boolean {
  if (!ownable.has(o.kind) || o.id === 'namespace:public') return false
  return o.kind !== 'sequence' || !model.objects.has(idOf('sequence_owner', ...o.path))
}

/** A model in which every object that can have an owner and names none belongs to `owner`. Without one it is the same model. */
export function withDefaultOwner(model: Model, owner: string | undefined): Model {
  if (owner === undefined) return model
  const out: DbObject[] = []
  const owned = new Set<Id>()
  for (const o of model.objects.values()) {
    const id = satelliteId('owner', o.id)
    if (!takesDefaultOwner(o, model) || model.objects.has(id)) continue
    owned.add(o.id)
    out.push(placedLike(o, { id, kind: 'owner', path: o.path, parent: o.id, attrs: { role: owner }, refs: [o.id, idOf('role', owner)] }))
  }
  const objects = [...model.objects.values()].flatMap((o) => (o.kind === 'grant' && owned.has(o.parent!) && o.attrs['grantee'] === owner ? ownersGrant(o) : [o]))
  return modelOf([...objects, ...out], model.version, model.unmanaged)
}

/** To its owner PostgreSQL gives everything, so a grant is measured against that. */
function ownersGrant(o: DbObject): DbObject[] {
  const a = o.attrs as unknown as GrantAttrs
  if (a.builtIn.length > 0) return [o]
  const attrs = { ...a, builtIn: [...builtInPrivileges(kindOfId(o.parent!), a.grantee, a.grantee)] }
  const { id, kind, path, parent, refs } = o
  return saysNothing(attrs) ? [] : [placedLike(o, { id, kind, path, parent, attrs, refs })]
}

/** The position of another object, still found only when asked for. */
function placedLike(o: DbObject, made: DbObject): DbObject {
  return Object.defineProperty(made, 'at', { enumerable: true, configurable: true, get: () => o.at })
}
