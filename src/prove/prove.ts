import type { Connection } from '../db/index.ts'
import { diff } from '../diff/diff.ts'
import { keeping, type Kept } from '../diff/scope.ts'
import { everything, introspect } from '../introspect/index.ts'
import { withProbes } from '../introspect/probes.ts'
import { isSettable, kindNamed } from '../kinds/index.ts'
import type { Model } from '../model/model.ts'
import type { PlannedStep } from '../plan/plan.ts'
import { borrowedNamespaces, build, foreignRoles, withoutBorrowed } from '../shadow/build.ts'
import { optional } from '../shadow/elaborate.ts'
import { dropRoles, wipe } from '../shadow/wipe.ts'
import type { Observation } from './observe.ts'
import { runSteps, StepFailed } from './run.ts'
import { digest, seed, type Seeded } from './seed.ts'
import { disagreement, type Witness } from './witnesses.ts'

export type Verdict = 'lossless' | 'lossy' | 'impossible' | 'failed'

/** What came of running a plan both ways. */
export interface Proof {
  readonly verdict: Verdict
  /** Sentences: what was lost, what failed, what was not covered. */
  readonly findings: readonly string[]
  readonly notes: readonly string[]
  readonly server: string
  readonly observers: readonly string[]
  readonly seeded: number
  readonly tables: number
  readonly milliseconds: number
  readonly forward: readonly (Observation | null)[]
  readonly rollback: readonly (Observation | null)[]
}

export interface ProofInput {
  readonly connection: Connection
  readonly url: string
  readonly server: string
  /** The state before, after and the steps between; both as far as the plan can touch them. */
  readonly from: Model
  readonly to: Model
  readonly forward: readonly PlannedStep[]
  readonly rollback: readonly PlannedStep[]
  readonly roles: readonly string[]
  readonly kept: Kept
  readonly witnesses: readonly Witness[]
}

/**
 * Executes a plan forward and back on an empty shadow that holds the current state and a few rows, and lets our own
 * introspection and the given witnesses compare. A plan that only fails because of rows is tried again without them and
 * says so: whether the target has such rows, only the target knows.
 */
export async function prove(input: ProofInput): Promise<Proof> {
  const start = performance.now()
  const mayGo = await newRoles(input)
  const blind: string[] = []
  const prepared: Prepared = { ...input, mayGo, witnesses: [], builtDesired: new Map() }
  if (input.witnesses.length > 0) {
    await fresh(prepared, input.to)
    const answers = await Promise.allSettled(input.witnesses.map((w) => w.look(input.url)))
    answers.forEach((answer, i) => {
      const w = input.witnesses[i]!
      if (answer.status === 'fulfilled') {
        prepared.builtDesired.set(w.name, answer.value)
        prepared.witnesses.push(w)
      } else blind.push(`${w.name} could not read this schema and was not asked (${(answer.reason as Error).message.split('\n')[0]})`)
    })
  }
  const withRows = await attempt(prepared, true)
  const result = withRows.verdict === 'failed' || withRows.verdict === 'impossible' ? await secondThought(prepared, withRows) : withRows
  await wipe(input.connection)
  await dropRoles(input.connection, mayGo)
  return { ...result, notes: [...blind, ...result.notes], milliseconds: Math.round(performance.now() - start) }
}

interface Prepared extends ProofInput {
  /** Roles that the proof itself makes; only these are removed between states. */
  readonly mayGo: readonly string[]
  readonly witnesses: Witness[]
  /** What each witness sees in the desired state, built directly. */
  readonly builtDesired: Map<string, readonly string[]>
}

async function newRoles({ connection, from, to }: ProofInput): Promise<string[]> {
  const there = new Set((await connection.query<{ name: string }>('select rolname as name from pg_catalog.pg_roles')).map((r) => r.name))
  const named = [from, to].flatMap((m) => [...foreignRoles(m), ...[...m.objects.values()].filter((o) => o.id.startsWith('role:')).map((o) => o.path[0]!)])
  return [...new Set(named)].filter((n) => !there.has(n)).sort()
}

async function secondThought(input: Prepared, first: Proof): Promise<Proof> {
  if (first.seeded === 0) return first
  const empty = await attempt(input, false)
  if (empty.verdict === 'failed' || empty.verdict === 'impossible') return empty
  const verdict = first.verdict === 'failed' ? empty.verdict : 'impossible'
  const what = first.verdict === 'failed' ? 'with rows in the tables the plan fails' : 'with rows in the tables it cannot be rolled back'
  return { ...empty, verdict, findings: [...first.findings.map((f) => `${what}: ${f}`), ...empty.findings], notes: [...first.notes, 'both directions hold on empty tables'] }
}

async function fresh(input: Prepared, model: Model): Promise<void> {
  await wipe(input.connection)
  await dropRoles(input.connection, input.mayGo)
  await input.connection.script('BEGIN')
  await build(input.connection, model, [input.from, input.to])
  await input.connection.script('COMMIT; RESET ALL')
}

async function attempt(input: Prepared, rows: boolean): Promise<Proof> {
  const { connection, from, to, witnesses } = input
  const scope = { ...everything, roles: input.roles }
  const probes = [...new Map([from, to].flatMap((m) => [...m.objects.values()].filter((o) => 'exists' in o.attrs).map((o) => [o.id, o] as const))).values()]
  const borrowed = borrowedNamespaces([from, to])
  const state = async (): Promise<Model> => keeping(await withProbes(connection, withoutBorrowed(await introspect(connection, scope), borrowed), probes), input.kept, optional)
  const blind = new Set<string>()
  const look = async (): Promise<Map<string, readonly string[]>> => {
    const seen = new Map<string, readonly string[]>()
    const watching = witnesses.filter((x) => !blind.has(x.name))
    const answers = await Promise.allSettled(watching.map((w) => w.look(input.url)))
    answers.forEach((answer, i) => {
      const { name } = watching[i]!
      if (answer.status === 'fulfilled') seen.set(name, answer.value)
      else {
        blind.add(name)
        notes.push(`${name} could not read one of the states and was not asked again (${(answer.reason as Error).message.split('\n')[0]})`)
      }
    })
    return seen
  }
  const findings: string[] = []
  const notes: string[] = []

  await fresh(input, from)
  const seeded: Seeded = rows ? await seed(connection, from) : { tables: [], unseeded: [] }
  if (seeded.unseeded.length > 0) notes.push(`no rows could be put into ${seeded.unseeded.map((u) => `${u.name} (${u.why})`).join(', ')}`)
  const start = await state()
  const unlike = diff(start, from)
  if (unlike.length > 0)
    notes.push(
      `the shadow holds ${unlike
        .slice(0, 5)
        .map((c) => c.id)
        .join(', ')} differently than the target`,
    )
  const seenAtStart = await look()

  const base = {
    server: input.server, observers: ['introspection', ...witnesses.map((w) => w.name)], seeded: seeded.tables.length,
    tables: seeded.tables.length + seeded.unseeded.length, milliseconds: 0,
  } // prettier-ignore
  const end = (verdict: Verdict, forward: readonly (Observation | null)[] = [], rollback: readonly (Observation | null)[] = []): Proof => ({
    ...base,
    verdict,
    findings,
    notes,
    forward,
    rollback,
  })
  const isNew = (before: Model) => (step: PlannedStep) => step.action === 'create' && onlyNew(step, before)

  let forward: (Observation | null)[]
  try {
    forward = await runSteps(connection, input.forward, isNew(from))
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    findings.push(`step ${error.index + 1} (${error.step.action} ${error.step.id}): ${error.message}`)
    return end('failed')
  }
  const missed = diff(await state(), to).filter((c) => isSettable(c.id))
  const seenAfter = await look()
  for (const [name, lines] of seenAfter) missedBy(name, disagreement(lines, input.builtDesired.get(name) ?? []), 'forward', findings)
  if (missed.length > 0)
    findings.push(
      `forward leaves ${missed
        .slice(0, 8)
        .map((c) => `${c.id}${c.type === 'alter' ? ` (${c.attributes.join(', ')})` : ` ${c.type === 'create' ? 'missing' : 'left over'}`}`)
        .join(', ')}`,
    )
  if (findings.length > 0) return end('failed', forward)

  let rollback: (Observation | null)[]
  try {
    rollback = await runSteps(connection, input.rollback, isNew(to))
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    findings.push(`rollback step ${error.index + 1} (${error.step.action} ${error.step.id}): ${error.message}`)
    return end('impossible', forward)
  }
  const notBack = diff(await state(), start)
  if (notBack.length > 0)
    findings.push(
      `rollback leaves ${notBack
        .slice(0, 8)
        .map((c) => c.id)
        .join(', ')} unlike the start`,
    )
  for (const [name, lines] of await look()) if (seenAtStart.has(name)) missedBy(name, disagreement(lines, seenAtStart.get(name) ?? []), 'rollback', findings)
  if (findings.length > 0) return end('failed', forward, rollback)

  const seen = await lostRows(connection, seeded)
  const lost = [...seen, ...lostAnyway(input.forward, seen)]
  return lost.length > 0 ? { ...end('lossy', forward, rollback), findings: lost } : end('lossless', forward, rollback)
}

function missedBy(name: string, lines: readonly string[], direction: string, findings: string[]): void {
  if (lines.length > 0) findings.push(`${name} sees another state after ${direction}: ${lines.slice(0, 4).join(' / ').slice(0, 600)}`)
}

/** A step nobody can be waiting for: everything it works on is new. */
function onlyNew(step: PlannedStep, before: Model): boolean {
  return step.relation === null ? true : !before.objects.has(step.relation)
}

/**
 * What goes with a step whether or not our few rows show it: an object that holds data and is dropped comes back without it. What
 * the rows have already shown of the same relation is not said twice.
 */
function lostAnyway(forward: readonly PlannedStep[], seen: readonly string[]): string[] {
  return forward.flatMap((s) => {
    if (s.action !== 'drop' || kindNamed(s.id.slice(0, s.id.search(/[:(]/))).stateless) return []
    const relation = s.relation?.slice(s.relation.indexOf(':') + 1)
    if (relation !== undefined && seen.some((line) => line.startsWith(`${relation}: `))) return []
    return s.hazards.filter((h) => h.destructive).map((h) => `step ${forward.indexOf(s) + 1}: ${h.sentence}, and rollback does not bring that back`)
  })
}

/** What the rows lost on the way there and back, by column. A renamed or dropped table comes back under its name. */
async function lostRows(connection: Connection, seeded: Seeded): Promise<string[]> {
  const now = await digest(connection, seeded.tables.map((t) => t.name)) // prettier-ignore
  return seeded.tables.flatMap((t) => {
    const n = now.get(t.name)!
    if (n.rows !== t.rows) return [`${t.name}: ${t.rows - n.rows} of ${t.rows} rows are gone after forward and rollback`]
    const lost = Object.keys(t.columns).filter((c) => n.columns[c] !== t.columns[c])
    return lost.length === 0 ? [] : [`${t.name}: ${lost.join(', ')} ${lost.length === 1 ? 'has' : 'have'} other values after forward and rollback`]
  })
}
