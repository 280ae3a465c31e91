import { relative } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { DeclaredModel, LoadedConfig } from '../declare/index.ts'
import { loadConfig, loadDeclaration, withDefaultOwner } from '../declare/index.ts'
import { retiredPartitions } from '../apply/retirements.ts'
import { withProbes } from '../introspect/probes.ts'
import { connect, versionText, type Connection } from '../db/index.ts'
import { diff, type Change } from '../diff/diff.ts'
import { carrying, keeping, keptOptionals, type Kept } from '../diff/scope.ts'
import { fetchCatalogs, readModel, type Scope } from '../introspect/index.ts'
import { kindNamed } from '../kinds/index.ts'
import { calendarOf, followsCalendar, withinCalendar, withoutRetired, type Calendar } from '../kinds/partition-calendar.ts'
import { partitionsOf } from '../kinds/relation.ts'
import { closure, dependentClosure, restrict } from '../model/closure.ts'
import { UserError } from '../model/error.ts'
import { fingerprint } from '../model/fingerprint.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { seal } from '../plan/artifact.ts'
import { formatVersion, type PlanDocument } from '../plan/document.ts'
import { lending, type Executor } from '../plan/lend.ts'
import { madeAnew, planSteps, type PlannedStep } from '../plan/plan.ts'
import { possibleRenames } from '../plan/possible-renames.ts'
import { applicableRenames, renameSteps } from '../plan/rename.ts'
import type { Proof } from '../prove/prove.ts'
import { alreadySaid, elaborate, elaborateSome, holdsRows, optional, printedBy, respoken, sharing } from '../shadow/elaborate.ts'
import { cacheKey, remember, remembered } from '../shadow/elaboration-cache.ts'
import { ShadowSession } from './shadow-session.ts'
import type { Progress } from './print/progress.ts'
import { version } from './version.ts'

/** What every command that compares needs to know. */
export interface Request {
  readonly config: LoadedConfig
  readonly url: string
  readonly schema: string
  readonly progress: Progress
  /** How many months ahead partitions are listed, from the number that a table declares. */
  readonly ahead?: (declared: number) => number
}

/** Both states, comparable, and what differs. */
export interface Comparison {
  readonly declared: DeclaredModel
  readonly scope: Scope
  readonly kept: Kept
  readonly probes: readonly DbObject[]
  readonly calendar: Calendar
  /** As found on the target. */
  readonly current: Model
  /** Current after declared renames, when there are any. */
  readonly renamed: Model
  readonly desired: Model
  readonly renames: { readonly forward: readonly PlannedStep[]; readonly rollback: readonly PlannedStep[] }
  readonly changes: readonly Change[]
  readonly target: PlanDocument['target']
  /** Who is connected to the target. */
  readonly executor: Executor
}

interface TargetArgs {
  readonly config?: string
  readonly url?: string
  readonly schema?: string
}

export async function requestFrom(args: TargetArgs, progress: Progress): Promise<Request> {
  const config = await loadConfig(args.config, process.cwd())
  return { config, url: urlFrom(args, config.config.url), schema: args.schema ?? config.schemaDir, progress }
}

/** The target of a command that needs no declaration: the config is only asked when nothing else names it. */
export async function targetOf(args: TargetArgs): Promise<string> {
  const named = args.url ?? process.env['DATABASE_URL']
  return named ?? urlFrom(args, (await loadConfig(args.config, process.cwd())).config.url)
}

function urlFrom(args: TargetArgs, configured: string | undefined): string {
  const url = args.url ?? process.env['DATABASE_URL'] ?? configured
  if (url === undefined || url === '') throw new UserError({ where: 'target', what: 'no database is named', todo: 'give --url, or set DATABASE_URL, or `url` in schema.config.ts' })
  return url
}

/** Which part of the target the declaration speaks of. */
export function scopeOf(declared: DeclaredModel, config: LoadedConfig['config']): Scope {
  const manage = config.manage ?? {}
  const named = [...declared.model.objects.values()].filter((o) => kindNamed(o.kind).namespaces !== undefined).map((o) => o.id)
  return {
    namespaces: manage.namespaces ?? declared.namespaces,
    roles: manage.roles ?? declared.roles,
    extensions: manage.extensions ?? (manage.namespaces === '*' ? '*' : declared.extensions),
    ...(named.length === 0 ? {} : { named }),
  }
}

/** Loads the declaration, reads the target, lets PostgreSQL elaborate what is not already said in its own words. */
export async function compare(request: Request, shadow: ShadowSession): Promise<Comparison> {
  const { config, progress } = request
  progress.say('loading the declaration')
  const loading = loadDeclaration(request.schema, request.ahead === undefined ? {} : { ahead: request.ahead })
  loading.catch(() => undefined)
  const connection = await connect(request.url, { applicationName: 'pgintent', minimumVersion: 15 })
  try {
    // The catalogs can be read while the declaration loads, unless the declaration says which namespaces to read.
    const namespaces = config.config.manage?.namespaces
    const early = namespaces === undefined ? null : fetchCatalogs(connection, { namespaces })
    early?.catch(() => undefined)
    const declared = await loading
    const owned = withDefaultOwner(declared.model, config.config.manage?.owner)
    const scope = scopeOf(declared, config.config)
    const probes = [...owned.objects.values()].filter((o) => 'exists' in o.attrs)
    progress.say('reading the target')
    const read = readModel(await (early ?? fetchCatalogs(connection, scope)), connection.versionNum, scope)
    const { declared: asDeclared, current } = withoutRetired(owned, read, followsCalendar(owned) ? await retiredPartitions(connection) : [])
    const calendar = calendarOf(asDeclared)
    const found = await withProbes(connection, withinCalendar(current, calendar), probes)
    const { target, executor } = await describe(connection)
    shadow.wish({ major: major(connection.versionNum), extensions: extensionsOf(asDeclared, found), targetUrl: request.url })
    return { ...(await comparable(found, asDeclared, declared, scope, probes, target, shadow, progress)), calendar, executor }
  } finally {
    await connection.close()
  }
}

async function comparable(
  found: Model,
  asDeclared: Model,
  declared: DeclaredModel,
  scope: Scope,
  probes: readonly DbObject[],
  target: Comparison['target'],
  shadow: ShadowSession,
  progress: Progress,
): Promise<Omit<Comparison, 'calendar' | 'executor'>> {
  const { known, unknown } = alreadySaid(asDeclared, found)
  let current = found
  let desired = modelOf(
    [...asDeclared.objects.keys()].flatMap((id) => known.get(id) ?? []),
    found.version,
  )
  if (unknown.length > 0) {
    desired = await understood(asDeclared, { known, unknown }, found, scope, shadow, progress)
    // Two majors print one expression differently: then both sides are taken as the shadow prints them.
    if (major(desired.version) !== major(found.version)) current = { ...(await reprinted(await shadow.connection(), found, scope)), unmanaged: found.unmanaged }
  }
  const kept = keptOptionals(current, desired, optional, madeAnew(current, desired))
  current = keeping(current, kept, optional)
  desired = sharing(carrying(desired, current, kept, optional), current)
  const renames = applicableRenames(declared.renames, current, desired)
  const forward = renameSteps(renames, false)
  const renamed = forward.length === 0 ? current : await afterRenames(await shadow.connection(), current, forward, scope, kept)
  return {
    declared, scope, kept, probes, current, renamed, desired, target,
    renames: { forward, rollback: renameSteps(renames, true) },
    changes: diff(renamed, desired),
  } // prettier-ignore
}

/** The desired state in PostgreSQL's words: from an earlier run when it is the same, else from the shadow. */
async function understood(asDeclared: Model, already: ReturnType<typeof alreadySaid>, found: Model, scope: Scope, shadow: ShadowSession, progress: Progress): Promise<Model> {
  const key = cacheKey(asDeclared, shadow.describe(), scope.roles)
  const answer = remembered(key)
  if (answer !== null) return respoken(answer, asDeclared)
  progress.say('elaborating on the shadow database')
  const server = await shadow.connection()
  const same = major(server.versionNum) === major(found.version)
  const desired = same ? await elaborateSome(server, asDeclared, already, scope.roles) : await elaborate(server, asDeclared, scope.roles)
  remember(key, desired)
  return desired
}

const major = (version: number): number => Math.floor(version / 10000)

async function reprinted(server: Connection, found: Model, scope: Scope): Promise<Model> {
  const printed = await printedBy(server, found, scope.roles)
  const objects = [...printed.objects.values()].map((o) => ({ ...o, facts: { ...o.facts, ...found.objects.get(o.id)?.facts } }))
  return modelOf(objects, printed.version)
}

/** What the target will look like once things have their new names, in PostgreSQL's own words. */
async function afterRenames(server: Connection, current: Model, steps: readonly PlannedStep[], scope: Scope, kept: Kept): Promise<Model> {
  const script = steps.flatMap((s) => s.sql).join(';\n')
  const printed = keeping(await printedBy(server, current, scope.roles, script), kept, optional)
  return { ...printed, unmanaged: current.unmanaged }
}

function extensionsOf(...models: readonly Model[]): string[] {
  const names = models.flatMap((m) => [...m.objects.values()].filter((o) => o.id.startsWith('extension:')).map((o) => o.path[0]!))
  return [...new Set(names)].sort()
}

async function describe(connection: Connection): Promise<Pick<Comparison, 'target' | 'executor'>> {
  const rows = await connection.query<{ database: string; name: string; superuser: boolean; member: string[]; admin: string[] }>(
    `select current_database() as database, current_user as name, u.rolsuper as superuser,
       array(select r.rolname::text from pg_roles r where pg_has_role(u.oid, r.oid, 'USAGE')) as member,
       array(select r.rolname::text from pg_roles r where not r.rolsuper and (pg_has_role(u.oid, r.oid, 'MEMBER WITH ADMIN OPTION')
         or u.rolcreaterole and current_setting('server_version_num')::int < 160000)) as admin
     from pg_roles u where u.rolname = current_user`,
  )
  const r = rows[0]!
  return {
    target: { database: r.database, server: versionText(connection.versionNum), version: connection.versionNum },
    executor: { name: r.name, superuser: r.superuser, member: r.member, admin: r.admin },
  }
}

export interface Planned {
  readonly plan: PlanDocument
  readonly comparison: Comparison
  /** Destructive hazards and possible renames that nobody allowed; with any, the plan is refused. */
  readonly refused: readonly { readonly name: string; readonly sentence: string; readonly id: Id }[]
}

/** A plan, proved both ways, with what stands against it. */
export async function makePlan(request: Request, shadow: ShadowSession, allow: readonly string[]): Promise<Planned> {
  const comparison = await compare(request, shadow)
  const { current, renamed, desired, renames } = comparison
  const { steps: forward, beyond } = lending([...renames.forward, ...planSteps(renamed, desired)], current, desired, comparison.executor)
  const { steps: rollback } = lending([...planSteps(desired, renamed), ...renames.rollback], desired, current, comparison.executor)
  const refused = [...unanswered(forward, allow), ...unansweredRenames(comparison, allow)]
  let proof: Proof | null = null
  if (forward.length > 0) {
    request.progress.say('proving the plan both ways')
    const part = touchedPart(current, desired)
    proof = await shadow.prove({ ...part, forward, rollback, roles: comparison.scope.roles, kept: comparison.kept })
  }
  const source = fingerprint(current)
  const plan = seal({
    format: formatVersion, tool: version, id: uuidv7(), created: new Date().toISOString(), target: comparison.target,
    scope: comparison.scope as PlanDocument['scope'], kept: comparison.kept as PlanDocument['kept'], probes: comparison.probes as unknown as PlanDocument['probes'],
    calendar: comparison.calendar as PlanDocument['calendar'],
    source, desired: diff(current, desired).length === 0 ? source : fingerprint(desired),
    declared: { tables: countTables(desired), objects: desired.objects.size, where: relative(process.cwd(), request.schema) || '.' },
    forward: forward as PlanDocument['forward'], rollback: rollback as PlanDocument['rollback'],
    touched: touchedBy(current, desired) as unknown as PlanDocument['touched'],
    sizes: sizesOf(current, forward), allowed: [...allow], beyond: [...beyond], proof: proof as PlanDocument['proof'], unmanaged: current.unmanaged as PlanDocument['unmanaged'],
  }) // prettier-ignore
  return { plan, comparison, refused }
}

function countTables(model: Model): number {
  let n = 0
  for (const id of model.objects.keys()) if (id.startsWith('table:')) n++
  return n
}

/** Of a large schema only what the plan can reach is rebuilt for the proof. */
function touchedPart(current: Model, desired: Model): { from: Model; to: Model } {
  if (current.objects.size + desired.objects.size < 3_000) return { from: current, to: desired }
  const silent = [...desired.objects.values()].filter((o) => kindNamed(o.kind).neededSilently).map((o) => o.id)
  const touched = diff(current, desired).map((c) => c.id)
  const reached = (start: Iterable<Id>): Set<Id> => closure([current, desired], start, (o) => holdsRows(o) || optional(o))
  const known = reached([...dependentClosure(current, touched), ...(silent.length < 300 ? silent : [])])
  // Without a partition a table takes no rows, and nothing would be seen to survive.
  const partitions = [...partitionsOf(current)].flatMap(([table, parts]) =>
    known.has(table) && !parts.some((p) => known.has(p)) ? parts.filter((p) => desired.objects.has(p)).slice(0, 1) : [],
  )
  const ids = reached([...known, ...partitions])
  return { from: restrict(current, ids), to: restrict(desired, ids) }
}

function touchedBy(from: Model, to: Model): { from: DbObject | null; to: DbObject | null }[] {
  return diff(from, to).map((c) => ({ from: c.type === 'create' ? null : c.from, to: c.type === 'drop' ? null : c.to }))
}

/** Rows and bytes of the relations a plan works on; a partitioned table has those of its partitions. */
function sizesOf(current: Model, steps: readonly PlannedStep[]): PlanDocument['sizes'] {
  const parts = partitionsOf(current)
  const size = (id: Id): { rows: number | null; bytes: number } => {
    const facts = current.objects.get(id)?.facts
    const own = { rows: (facts?.['rows'] ?? null) as number | null, bytes: Number(facts?.['bytes'] ?? 0) }
    return (parts.get(id) ?? []).map(size).reduce((a, b) => ({ rows: a.rows === null || b.rows === null ? null : a.rows + b.rows, bytes: a.bytes + b.bytes }), own)
  }
  const touched = new Set(steps.map((s) => s.relation).filter((id): id is Id => id !== null && current.objects.get(id)?.facts?.['bytes'] !== undefined))
  return Object.fromEntries([...touched].map((id) => [id, size(id)]))
}

function unanswered(steps: readonly PlannedStep[], allow: readonly string[]): Planned['refused'] {
  return steps.flatMap((s) => s.hazards.filter((h) => h.destructive && !allow.includes('all') && !allow.includes(h.name)))
}

function unansweredRenames({ changes, renamed, desired }: Comparison, allow: readonly string[]): Planned['refused'] {
  if (allow.includes('all') || allow.includes('possible_rename')) return []
  return possibleRenames(changes, renamed, desired).map(({ from, to }) => ({
    name: 'possible_rename', id: to.id,
    sentence: `${from.id} goes and ${to.id} of the same shape comes: say renamedFrom: '${from.path.at(-1)}' if it is the same, or --allow possible_rename if not`,
  })) // prettier-ignore
}
