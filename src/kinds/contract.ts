import type * as z from 'zod'
import type { Attrs, DbObject, Id, Json } from '../model/object.ts'
import type { Model } from '../model/model.ts'

/** One SQL statement. `commit` asks for a transaction boundary after it, because what follows may use what it made. */
export type Statement = string | { readonly sql: string; readonly commit: true }

/**
 * What an attribute's change needs: statements; or dropping and creating the object; or statements around which everything that
 * depends on the object is dropped and created again (PostgreSQL refuses to alter it under its dependents). `anew` says that the
 * statements make another object of the same name, so that its comment, owner and grants must be made again as well.
 */
export type Alteration = readonly Statement[] | 'replace' | { readonly rebuild: readonly Statement[]; readonly anew?: true }

export type AlterRule<A> = 'replace' | ((from: DbObject<A>, to: DbObject<A>, context: AlterContext) => Alteration)

/** What rendering may look at: the model the object is in. */
export interface RenderContext {
  readonly model: Model
  /** The state before the plan; absent when a database is built from nothing. */
  readonly before?: Model
  /** Clauses of children that the planner folded into this object's CREATE, in declared order. */
  readonly inlined: (id: Id) => readonly string[]
}

/** Statements before and after a dependency is made anew. `retyped` when the dependency's own statements give it another type meanwhile. */
export interface Aside {
  readonly before: readonly Statement[]
  readonly after: readonly Statement[]
  readonly retyped?: true
}

export interface AlterContext {
  readonly from: Model
  readonly to: Model
  /** Ids whose current state depends on this id, one step. */
  readonly dependents: (id: Id) => readonly DbObject[]
}

/** A row of a kind's catalog query. `of` is the address of the object a satellite belongs to. */
export interface CatalogRow {
  readonly path?: readonly string[]
  readonly of?: Address
  readonly addresses?: readonly Address[]
  readonly parent?: Address | null
  /** Addresses it needs beside what pg_depend says. */
  readonly needs?: readonly Address[]
  readonly attrs: Record<string, Json>
  readonly facts?: Record<string, Json>
}

/** `[classid, objid, objsubid]`, as pg_depend names things. */
export type Address = readonly [number, number, number]

export interface ReadContext {
  readonly version: number
  readonly idAt: (address: Address) => Id | undefined
  readonly pathOf: (id: Id) => readonly string[]
}

/** A danger of a change, spoken to the person who will run it. `destructive` ones refuse until allowed by name. */
export interface Hazard {
  readonly name: string
  readonly sentence: string
  readonly destructive: boolean
}

export type ChangeType = 'create' | 'drop' | 'alter' | 'replace'

/** Rights that an object asks of whoever makes it. */
export interface NeededRights {
  /** A role they must be a member of. */
  readonly member?: string
  /** A namespace in which that role must be allowed to create. */
  readonly createsIn?: string
  /** What only a superuser may do, in words. */
  readonly superuser?: string
}

/** A way in which an object could be wrong: whoever tests it asks whether they would notice. */
export interface Mutant {
  /** What is wrong, in words that follow the object's name. */
  readonly what: string
  readonly sql: readonly string[]
  /** The roles that could tell, `public` for all of them; `owner` is whoever owns the object's table. */
  readonly concerns: readonly string[] | 'owner'
  /** Whether it lets somebody do more, not less. */
  readonly gives: boolean
}

/** Everything about one kind of object; stages hold algorithms and ask here. */
export interface Kind<A = any> {
  readonly kind: string
  /** What a person calls it: `row security`, `foreign key`. */
  readonly label: string
  /** Lower comes first when nothing else decides: what functions may silently need before what runs them. */
  readonly weight: number
  /** The same for its drop, where that must not simply be late. */
  readonly dropWeight?: number
  readonly schema: z.ZodType
  /** SELECT over the catalogs (and the CTEs of introspect/prelude) returning the columns of CatalogRow. */
  readonly catalog: (version: number) => string
  /** Objects of a row; absent when the row is the object. */
  readonly read?: (row: CatalogRow, context: ReadContext) => readonly DbObject<A>[]
  readonly id?: (path: readonly string[]) => Id
  readonly create: (o: DbObject<A>, context: RenderContext) => readonly Statement[]
  readonly drop: (o: DbObject<A>, context: AlterContext) => readonly Statement[]
  readonly alter: { readonly [K in keyof A]-?: AlterRule<A> }
  /** A clause inside the parent's CREATE, with the statements that must follow it; null when it cannot be one. */
  readonly inline?: (o: DbObject<A>, context: RenderContext) => { clause: string; after?: readonly Statement[] } | null
  /** Dropping the parent drops this silently. False where only an explicit drop breaks a cycle. */
  readonly dropsWithParent: boolean
  /** The object whose own change carries this one along (an inherited column's parent column). */
  readonly impliedBy?: (o: DbObject<A>, model: Model) => Id | null
  /** Its alteration needs what it holds to be in its final shape already (a table that becomes a partition). */
  readonly altersAfterContents?: (from: DbObject<A>, to: DbObject<A>) => boolean
  /** How it lets go of a dependency that is made anew and takes hold of it again, without being dropped; null when it cannot. */
  readonly stepAside?: (from: DbObject<A>, to: DbObject<A>, dependency: Id, context: AlterContext) => Aside | null
  /** PostgreSQL itself keeps this when a column it depends on changes its type. */
  readonly survivesRetype: boolean
  /** Dropping and creating it loses nothing that only the database has. */
  readonly stateless: boolean
  /** Shared names that two objects cannot hold at once; a drop frees them before a create takes them. */
  readonly slots?: (o: DbObject<A>) => readonly string[]
  readonly hazards?: (type: ChangeType, from: DbObject<A> | null, to: DbObject<A> | null, changed: readonly string[]) => readonly Hazard[]
  /** ALTER … RENAME from one path to another, for kinds that can be renamed. */
  readonly rename?: (from: DbObject<A>, to: DbObject<A>) => readonly Statement[]
  /** How it could hold back less, or give less, than it is declared to. */
  readonly mutants?: (o: DbObject<A>) => readonly Mutant[]
  /** What must follow each CREATE because of this object's existence (default privileges). */
  readonly onCreate?: (o: DbObject<A>, created: DbObject) => readonly Statement[]
  /** Where the declaration does not say it, the current state stays as it is. */
  readonly optional?: true
  /** Others may need it without any server knowing: the functions that a function's text calls. */
  readonly neededSilently?: true
  /** A server cannot print it back; it is taken as declared. */
  readonly unprintable?: true
  /** Exists once for all databases of a server. */
  readonly clusterWide?: true
  /** Of an object that belongs to the database: the namespaces it speaks of, all of which must be managed for it to be; null when only a declaration of it tells. */
  readonly namespaces?: (o: DbObject<A>) => readonly string[] | null
  /** What whoever makes it must be allowed beyond owning the database. */
  readonly rights?: (o: DbObject<A>) => NeededRights
  /** Whether PostgreSQL wants a superuser as its owner. */
  readonly superuserOwns?: (o: DbObject<A>) => boolean
}

/** Checks a kind against its attribute type; every attribute needs an alter rule or it does not compile. */
export function defineKind<A extends Attrs>(kind: Kind<A>): Kind<A> {
  return kind
}
