import type { AccessDeclaration } from '../declare/index.ts'
import { UserError } from '../model/error.ts'
import type { Model } from '../model/model.ts'
import type { Finding } from '../report/index.ts'
import { positionText } from '../shadow/build.ts'
import type { Shadow } from '../shadow/index.ts'
import { openArena, type Arena } from './arena.ts'
import { runAttack } from './attacks.ts'
import { freshRows } from './fresh.ts'
import { whatText } from './hidden.ts'
import { judge } from './judge.ts'
import { tryMutants } from './mutants.ts'
import { observe, type ByOperation, type Target } from './observe.ts'
import { beyondTable } from './partitions.ts'
import { plant, type Planted } from './plant.ts'
import { readGrants, type Grants } from './privileges.ts'
import { readRelation, type Relation } from './relation.ts'
import { checkRoles, type Actor } from './session.ts'
import type { AccessReport, AttackReport, MutantReport, TableReport } from './report.ts'

export { accessMarkdown } from './markdown.ts'
export { cellText, legend } from './cell-text.ts'
export { accessRules, type AccessReport, type MutantReport } from './report.ts'

export interface AccessInput {
  readonly shadow: Shadow
  /** The declaration, with owners. */
  readonly model: Model
  readonly access: AccessDeclaration
  /** Whether to ask as well what would be noticed. */
  readonly mutants?: boolean
  readonly say: (what: string) => void
}

/**
 * Tries what every actor may do with every table, and every attack, in a database of its own on the shadow, and compares that
 * with what is declared. Throws UserError for a shadow that is not ours alone, a schema, a row or a context that PostgreSQL
 * refuses, and an actor without a role.
 */
export async function testAccess({ shadow, model, access, mutants = false, say }: AccessInput): Promise<AccessReport> {
  say('building the schema')
  const arena = await openArena(shadow, model)
  try {
    await checkRoles(arena.admin, access.actors)
    say('making rows')
    const planted = await plant(arena.admin, access.seeds)
    const targets = await targetsOf(arena, model, access, planted)
    const { tables, findings, tried, seen } = await matrix(arena, model, targets, access, say)
    let ofMutants: MutantReport | null = null
    // A test that fails anyhow notices nothing. Attacks come later, as those of several transactions take the connection.
    if (mutants && !findings.some((f) => f.level === 'error')) {
      const found = await tryMutants({ connection: arena.admin, model, access, targets, ...seen, say })
      ofMutants = found.report
      findings.push(...found.findings)
    }
    const attacks: AttackReport[] = []
    for (const attack of access.attacks) {
      say(`attack: ${attack.name}`)
      const { report, finding } = await runAttack(
        arena,
        attack,
        access.actors.find((a) => a.name === attack.actor)!,
      )
      attacks.push(report)
      if (finding !== null) findings.push(finding)
    }
    const unnoticed = access.unnoticed.map((u) => ({ what: String(u.what), why: u.why }))
    const actors = access.actors.map(({ name, role, login, context }) => ({ name, role, login, context }))
    const hidden = access.hidden.map((h) => ({ what: whatText(h), but: h.but }))
    return { server: shadow.describe, actors, tables, hidden, attacks, unnoticed, mutants: ofMutants, tried, findings }
  } finally {
    await arena.close()
  }
}

interface TableTargets extends Target {
  readonly partitions: readonly Target[]
}

/** Every declared table with its rows, and those of its partitions that hold some. */
async function targetsOf(arena: Arena, model: Model, access: AccessDeclaration, planted: Planted): Promise<TableTargets[]> {
  const tables = [...model.objects.values()].filter((o) => o.id.startsWith('table:') && o.attrs['partitionOf'] === null)
  for (const e of access.expectations) {
    if (!tables.some((t) => t.id === e.table))
      throw new UserError({ where: e.at === undefined ? e.name : positionText(e.at), what: `access of ${e.name}: the declaration has no such table`, todo: 'correct the expectation, or name the declaration with --schema' }) // prettier-ignore
  }
  const out: TableTargets[] = []
  for (const t of tables) {
    const relation = await readRelation(arena.admin, t, planted)
    const given = access.expectations.find((e) => e.table === t.id)?.fresh ?? {}
    const partitions: Target[] = []
    for (const path of relation.partitions) {
      const part = await readRelation(arena.admin, { id: t.id, path, at: t.at }, planted)
      if (part.rows.length > 0) partitions.push({ relation: part, fresh: await freshRows(arena.admin, part, given) })
    }
    out.push({ relation, fresh: await freshRows(arena.admin, relation, given), partitions })
  }
  return out
}

interface Seen {
  readonly grants: (actor: Actor, relation: Relation) => Grants
  readonly observed: (actor: Actor, relation: Relation) => ByOperation
}

async function matrix(
  { admin }: Arena,
  model: Model,
  targets: readonly TableTargets[],
  { actors, expectations, hidden }: AccessDeclaration,
  say: (what: string) => void,
): Promise<{ tables: TableReport[]; findings: Finding[]; tried: number; seen: Seen }> {
  const all = targets.flatMap((t) => [t, ...t.partitions])
  const grants = all.length === 0 ? null : await readGrants(admin, [...new Set(actors.map((a) => a.role))], all.map((t) => t.relation)) // prettier-ignore
  const byActor = new Map<string, ReadonlyMap<string, ByOperation>>()
  const findings: Finding[] = []
  let tried = 0
  for (const actor of actors) {
    say(`trying as ${actor.name}`)
    const of = (relation: Relation) => grants!(actor.role, relation)
    // A partition is asked only by those who hold something on it: to all others PostgreSQL refuses it at once.
    const mine = targets.flatMap((t) => [t, ...t.partitions.filter((p) => of(p.relation).any)])
    const found = await observe(admin, actor, mine, of, { rules: hidden, model })
    findings.push(...found.findings)
    tried += found.tried
    byActor.set(actor.name, found.observed)
    for (const t of targets)
      for (const p of t.partitions) {
        const ofPartition = found.observed.get(p.relation.name)
        if (ofPartition) findings.push(...beyondTable(t.relation, p.relation, actor, found.observed.get(t.relation.name)!, ofPartition))
      }
  }
  const judged = targets.map(({ relation }) => judge(relation, expectations.find((e) => e.table === relation.id), actors, (a) => byActor.get(a.name)!.get(relation.name)!)) // prettier-ignore
  const seen: Seen = { grants: (actor, relation) => grants!(actor.role, relation), observed: (actor, relation) => byActor.get(actor.name)!.get(relation.name)! }
  return { tables: judged.map((j) => j.report), findings: [...judged.flatMap((j) => j.findings), ...findings], tried, seen }
}
