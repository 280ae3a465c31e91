import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { apply } from '../../src/apply/apply.ts'
import { defaultTimeouts } from '../../src/apply/execute.ts'
import { compare, makePlan, type Comparison, type Planned, type Request } from '../../src/cli/pipeline.ts'
import { ShadowSession } from '../../src/cli/shadow-session.ts'
import { connect, parseUrl, type Connection } from '../../src/db/index.ts'
import { loadDeclaration, type DeclaredModel } from '../../src/declare/index.ts'
import { diff } from '../../src/diff/diff.ts'
import { introspect, type Scope } from '../../src/introspect/index.ts'
import { modelOf } from '../../src/model/model.ts'
import type { PlanDocument } from '../../src/plan/document.ts'
import { planSteps } from '../../src/plan/plan.ts'
import { scriptOf, sessionSettings } from '../../src/plan/script.ts'
import { disagreement, pgDumpWitness } from '../../src/prove/witnesses.ts'
import { foreignRoles } from '../../src/shadow/build.ts'
import { findPgDump } from '../../src/shadow/index.ts'
import { testServer, type Major } from './postgres.ts'

export const casesFolder = fileURLToPath(new URL('../cases', import.meta.url))

/** Every case below `test/cases`, as `kind/case`; the environment variable CASE chooses by a part of that name. */
export function caseNames(): string[] {
  const chosen = process.env['CASE']
  const kinds = readdirSync(casesFolder, { withFileTypes: true }).filter((e) => e.isDirectory())
  const names = kinds.flatMap((k) => readdirSync(join(casesFolder, k.name)).map((c) => `${k.name}/${c}`))
  return names.filter((n) => existsSync(join(casesFolder, n, 'after.ts')) && (chosen === undefined || n.includes(chosen))).sort()
}

const quiet = { say: () => undefined, stop: () => undefined }
const still = { step: () => undefined, retry: () => undefined }

/** One shadow for everything that a worker process runs, by major. */
const shadows = ((globalThis as Record<string, unknown>)['pgintentTestShadows'] ??= new Map()) as Map<Major, ShadowSession>

async function testShadow(major: Major): Promise<ShadowSession> {
  const known = shadows.get(major)
  if (known) return known
  const made = new ShadowSession(`embedded:${major}`)
  made.wish({ major, extensions: [] })
  await made.connection()
  shadows.set(major, made)
  return made
}

/**
 * Takes a database from `before.ts` (empty without one) to `after.ts` and back: plan, goldens, proof, apply, a second plan that
 * is empty, rollback, and the state of the start by introspection and by pg_dump. UPDATE_GOLDEN=1 writes the goldens instead of
 * comparing them; where another major than 15 plans otherwise, its files bear its number.
 */
export async function check(folder: string, wanted?: Major): Promise<void> {
  const server = await testServer(wanted)
  const shadow = await testShadow(server.major)
  const before = existsSync(join(folder, 'before.ts')) ? await loadDeclaration(join(folder, 'before.ts')) : null
  const after = await loadDeclaration(join(folder, 'after.ts'))
  const roles = [...new Set([before, after].flatMap((d) => (d === null ? [] : [...d.roles, ...foreignRoles(d.model)])))]
  const url = await server.freshDatabase()
  const there = await rolesOf(server.url)
  // An earlier run of other code may have left an answer that this code would not give.
  const cache = mkdtempSync(join(tmpdir(), 'pgintent-test-'))
  const usual = process.env['PGINTENT_CACHE']
  process.env['PGINTENT_CACHE'] = cache
  try {
    await ensureRoles(server.url, foreignRoles((before ?? after).model), foreignRoles(after.model))
    await roundTrip(folder, { url, shadow, major: server.major, before, after })
  } catch (error) {
    // What a failed proof leaves behind would fail the next case as well.
    shadows.delete(server.major)
    await shadow.close()
    throw error
  } finally {
    if (usual === undefined) delete process.env['PGINTENT_CACHE']
    else process.env['PGINTENT_CACHE'] = usual
    rmSync(cache, { recursive: true, force: true })
    await forget(
      server.url,
      url,
      roles.filter((r) => !there.has(r)),
    )
  }
}

/** The plan from a database that `sql` makes to a declaration given as text, with what nobody has allowed. */
export async function planned(sql: string, declaration: string, allow: readonly string[] = []): Promise<Planned> {
  const server = await testServer()
  const shadow = await testShadow(server.major)
  const url = await server.freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'pgintent-test-'))
  const file = join(folder, 'declared.ts')
  try {
    writeFileSync(file, declaration)
    await withConnection(url, (c) => c.script(sql))
    return await makePlan({ config: { config: { schema: file }, file: null, dir: folder, schemaDir: file }, url, schema: file, progress: quiet }, shadow, allow)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await forget(server.url, url, [])
  }
}

interface Setting {
  readonly url: string
  readonly shadow: ShadowSession
  readonly major: Major
  readonly before: DeclaredModel | null
  readonly after: DeclaredModel
}

async function roundTrip(folder: string, { url, shadow, major, before, after }: Setting): Promise<void> {
  const request = (file: string): Request => ({
    config: { config: { schema: file, manage: manageBoth(before, after) }, file: null, dir: folder, schemaDir: file },
    url,
    schema: file,
    progress: quiet,
  })
  const connection = await connect(url)
  try {
    if (before !== null) await bring(connection, await compare(request(join(folder, 'before.ts')), shadow))
    if (before !== null) expect(unlike(await compare(request(join(folder, 'before.ts')), shadow)), 'what is still different after before.ts was made').toEqual([])

    const { plan, comparison, refused } = await makePlan(request(join(folder, 'after.ts')), shadow, [])
    compareGoldens(
      folder,
      major,
      goldensOf(
        plan,
        refused.map((r) => r.name),
      ),
    )
    expect(plan.proof?.verdict, plan.proof?.findings.join('\n')).not.toBe('failed')
    expect(plan.proof?.notes.filter((n) => n.includes('differently than the target')) ?? []).toEqual([])

    const start = await stateOf(connection, comparison.scope, url, major)
    await apply({ connection, plan, direction: 'forward', timeouts: defaultTimeouts, progress: still })
    expect(unlike(await compare(request(join(folder, 'after.ts')), shadow)), 'what a second plan would change').toEqual([])
    if (plan.proof?.verdict === 'impossible' && !plan.proof.findings.every((f) => f.startsWith('with rows'))) return
    await apply({ connection, plan, direction: 'rollback', timeouts: defaultTimeouts, progress: still })
    const end = await stateOf(connection, comparison.scope, url, major)
    expect(diff(start.model, end.model), 'what is different after the rollback').toEqual([])
    expect(disagreement(end.dump, start.dump), 'what pg_dump sees after the rollback').toEqual([])
  } finally {
    await connection.close()
  }
}

/** The scope of both declarations, so that what only one of them has comes and goes. */
function manageBoth(before: DeclaredModel | null, after: DeclaredModel) {
  const both = (pick: (d: DeclaredModel) => readonly string[]): string[] => [...new Set([...(before === null ? [] : pick(before)), ...pick(after)])].sort()
  return { namespaces: both((d) => d.namespaces), roles: both((d) => d.roles), extensions: both((d) => d.extensions) }
}

/** Executes a plan in one transaction, without journal and proof: how a case gets to its start. */
async function bring(connection: Connection, { current, desired }: Comparison): Promise<void> {
  const sql = planSteps(current, desired).flatMap((s) => s.sql)
  await connection.script([...sessionSettings, 'BEGIN', ...sql, 'COMMIT', 'RESET ALL'].join(';\n'))
}

/** What a plan from here to the declaration would do, in words. */
function unlike({ changes, renames }: Comparison): string[] {
  return [
    ...renames.forward.map((r) => `rename ${r.id}`),
    ...changes.map(
      (c) =>
        `${c.type} ${c.id}${c.type === 'alter' ? ` ${c.attributes.map((a) => `${a}: ${JSON.stringify(c.from.attrs[a])} is to be ${JSON.stringify(c.to.attrs[a])}`).join(', ')}` : ''}`,
    ),
  ]
}

async function stateOf(connection: Connection, scope: Scope, url: string, major: Major) {
  const binary = await findPgDump(major)
  const dump = binary === null ? [] : await pgDumpWitness(binary).look(url)
  return { model: modelOf((await introspect(connection, scope)).objects.values()), dump: dump.filter((entry) => !/^-- Name: .*\bpgintent\b/.test(entry)) }
}

/** plan.sql, rollback.sql and hazards.txt of a plan, without what differs from run to run. */
function goldensOf(plan: PlanDocument, refused: readonly string[]): Map<string, string> {
  const body = (direction: 'forward' | 'rollback'): string => scriptOf(plan, direction).replace(/^[^]*?SET lock_timeout = [^\n]*\n\n?/, '') || '-- nothing\n'
  const p = plan.proof
  const measured = (steps: PlanDocument['forward'], seen: NonNullable<typeof p>['forward']): string[] =>
    steps.flatMap((s, i) => {
      const o = seen[i]
      const cost =
        o === null || o === undefined
          ? []
          : [...o.locks.slice(0, 1).map((l) => `${l.mode} on ${l.relation}`), ...o.rewrites.map((r) => `rewrites ${r}`), ...o.scans.map((r) => `scans ${r}`)]
      const lines = [...(cost.length === 0 ? [] : [`     ${cost.join(', ')}`]), ...s.hazards.map((h) => `     ${h.destructive ? '! ' : ''}${h.name}: ${h.sentence}`)]
      return lines.length === 0 ? [] : [`  ${i + 1}. ${s.action} ${s.id}`, ...lines]
    })
  const lines = [
    `verdict: ${p?.verdict ?? 'no difference'}`,
    ...(refused.length === 0 ? [] : [`refused until allowed: ${[...new Set(refused)].sort().join(', ')}`]),
    ...(p?.findings.map((f) => `finding: ${f}`) ?? []),
    ...(p?.notes.map((n) => `note: ${n}`) ?? []),
    ...(p === null ? [] : ['forward', ...measured(plan.forward, p.forward), 'rollback', ...measured(plan.rollback, p.rollback)]),
  ]
  return new Map([
    ['plan.sql', body('forward')],
    ['rollback.sql', body('rollback')],
    ['hazards.txt', `${lines.join('\n')}\n`],
  ])
}

function compareGoldens(folder: string, major: Major, found: ReadonlyMap<string, string>): void {
  const read = (name: string): string | null => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null)
  for (const [name, text] of found) {
    const own = name.replace('.', `.${major}.`)
    const usual = read(name)
    if (process.env['UPDATE_GOLDEN'] === '1') {
      if (major === 15) writeFileSync(join(folder, name), text)
      else if (text === usual) rmSync(join(folder, own), { force: true })
      else writeFileSync(join(folder, own), text)
    } else expect(text, `${relative(casesFolder, join(folder, name))}; UPDATE_GOLDEN=1 writes it anew`).toBe((major === 15 ? null : read(own)) ?? usual)
  }
}

async function rolesOf(url: string): Promise<Set<string>> {
  return withConnection(url, async (c) => new Set((await c.query<{ name: string }>('select rolname as name from pg_roles')).map((r) => r.name)))
}

async function ensureRoles(url: string, ...lists: readonly (readonly string[])[]): Promise<void> {
  const names = [...new Set(lists.flat())]
  if (names.length > 0)
    await withConnection(url, (c) => c.script(names.map((n) => `do $do$ begin create role ${quoted(n)}; exception when duplicate_object then null; end $do$`).join('; ')))
}

/** Drops the database and the roles of a case: roles are the server's, and the next case shall find none. */
async function forget(serverUrl: string, url: string, roles: readonly string[]): Promise<void> {
  await withConnection(serverUrl, async (c) => {
    await c.query(`drop database if exists ${quoted(parseUrl(url).database!)} with (force)`)
    for (const r of roles) await c.query(`drop role if exists ${quoted(r)}`)
  })
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function withConnection<T>(url: string, use: (c: Connection) => Promise<T>): Promise<T> {
  const c = await connect(url)
  try {
    return await use(c)
  } finally {
    await c.close()
  }
}
