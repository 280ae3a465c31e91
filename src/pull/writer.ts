import { childrenOf, type Model } from '../model/model.ts'
import { idOf, satelliteId, type DbObject, type Id } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'
import { takesDefaultOwner } from '../declare/owners.ts'
import { Files } from './files.ts'
import { FileNames, Identifiers } from './identifiers.ts'

/** A constant that a file exports. */
export interface Constant {
  readonly file: string
  readonly name: string
}

/** What is known while a declaration is written: the model, the files so far, and which objects have been said. */
export class Writer {
  readonly model: Model
  readonly files = new Files()
  readonly fileNames = new FileNames()
  readonly identifiers: Identifiers
  readonly constants = new Map<Id, Constant>()
  /** Owns what does not say otherwise; undefined when every owner is said. */
  readonly defaultOwner: string | undefined
  readonly #children: Map<Id, DbObject[]>
  readonly #kinds = new Map<string, DbObject[]>()
  readonly #types: Map<string, DbObject>
  readonly #said = new Set<Id>()
  /** Satellites of what is no object. */
  readonly #loose = new Map<string, DbObject[]>()
  readonly #folders = new Map<string, string>()

  constructor(model: Model, words: Iterable<string>) {
    const ordered = sorted(model)
    this.model = ordered
    this.identifiers = new Identifiers(words)
    this.#children = childrenOf(ordered)
    this.defaultOwner = commonOwner(model)
    for (const o of ordered.objects.values()) {
      const list = this.#kinds.get(o.kind)
      if (list) list.push(o)
      else this.#kinds.set(o.kind, [o])
    }
    for (const o of [...this.ofKind<any>('comment'), ...this.ofKind<any>('grant')]) {
      if (model.objects.has(o.parent!) || !o.parent!.startsWith('column:')) continue
      const of = o.path.slice(0, 2).join('\0')
      this.#loose.set(of, [...(this.#loose.get(of) ?? []), o])
    }
    this.#types = new Map<string, DbObject>(['enum', 'domain', 'composite_type', 'range_type'].flatMap((k) => this.#kinds.get(k) ?? []).map((o) => [qualified(o.path), o]))
  }

  /** An object, marked as said. Undefined when there is none of that id or it has been said. */
  take<A>(id: Id): DbObject<A> | undefined {
    if (this.#said.has(id)) return undefined
    const o = this.model.objects.get(id)
    if (o !== undefined) this.#said.add(id)
    return o as DbObject<A> | undefined
  }

  has(id: Id): boolean {
    return this.model.objects.has(id)
  }

  ofKind<A>(kind: string): DbObject<A>[] {
    return (this.#kinds.get(kind) ?? []) as DbObject<any>[]
  }

  /** A declared type by its name in SQL. */
  typeNamed(name: string): DbObject | undefined {
    return this.#types.get(name)
  }

  /** What lives in an object, of one kind and not said yet; marked as said. */
  takeChildren<A>(parent: Id, kind: string): DbObject<A>[] {
    const found = this.children<A>(parent, kind).filter((o) => !this.#said.has(o.id))
    for (const o of found) this.#said.add(o.id)
    return found
  }

  children<A>(parent: Id, kind: string): DbObject<A>[] {
    return (this.#children.get(parent) ?? []).filter((o) => o.kind === kind) as DbObject<any>[]
  }

  isSaid(id: Id): boolean {
    return this.#said.has(id)
  }

  /** Comments and grants on the columns of a relation whose columns are no objects. */
  columnSatellites(path: readonly string[]): DbObject[] {
    return this.#loose.get(path.join('\0')) ?? []
  }

  /** What nobody has said. */
  unsaid(): DbObject[] {
    return [...this.model.objects.values()].filter((o) => !this.#said.has(o.id))
  }

  comment(id: Id): string | undefined {
    return this.take<{ text: string }>(satelliteId('comment', id))?.attrs.text
  }

  /** The owner where it must be said. */
  owner(id: Id): string | undefined {
    const o = this.take<{ role: string }>(satelliteId('owner', id))
    const target = this.model.objects.get(id)
    const byDefault = target === undefined || takesDefaultOwner(target, this.model)
    return o === undefined || (byDefault && o.attrs.role === this.defaultOwner) ? undefined : o.attrs.role
  }

  ownerOf(id: Id): string | undefined {
    return this.model.objects.get(satelliteId('owner', id))?.attrs['role'] as string | undefined
  }

  /** The folder of a namespace. */
  folder(namespace: string): string {
    let folder = this.#folders.get(namespace)
    if (folder === undefined) this.#folders.set(namespace, (folder = this.fileNames.next('schema', namespace)))
    return folder
  }

  /** Gives an object a constant in a file. */
  constant(id: Id, path: readonly string[], file: string, suffix: string): Constant {
    const known = this.constants.get(id)
    if (known !== undefined) return known
    const made = { file, name: this.identifiers.next(path, suffix) }
    this.constants.set(id, made)
    return made
  }

  /** An object's constant for use in a file; undefined when it has none or importing it would run in a circle. */
  use(file: string, id: Id): string | undefined {
    const constant = this.constants.get(id)
    return constant !== undefined && this.files.import(file, constant.file, constant.name) ? constant.name : undefined
  }

  /** A namespace's constant for use in a file. */
  namespace(file: string, name: string): string {
    return this.use(file, idOf('namespace', name))!
  }
}

/** Objects in a fixed order, so that the same database gives the same files: columns as they stand, everything else by id. */
function sorted(model: Model): Model {
  const place = (o: DbObject): number => (typeof o.facts?.['position'] === 'number' ? o.facts['position'] : 0)
  const all = [...model.objects.values()]
  const columns = all.filter((o) => o.kind === 'column').sort((a, b) => place(a) - place(b))
  const others = all.filter((o) => o.kind !== 'column').sort((a, b) => (a.id < b.id ? -1 : 1))
  return { ...model, objects: new Map([...others, ...columns].map((o) => [o.id, o])) }
}

/** The commonest owner; none when some object that could have an owner names none, which a default would give it. */
function commonOwner(model: Model): string | undefined {
  const counts = new Map<string, number>()
  for (const o of model.objects.values()) {
    if (!takesDefaultOwner(o, model)) continue
    const role = model.objects.get(satelliteId('owner', o.id))?.attrs['role'] as string | undefined
    if (role === undefined) return undefined
    counts.set(role, (counts.get(role) ?? 0) + 1)
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
}
