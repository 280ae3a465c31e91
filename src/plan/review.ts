import { idOf } from '../model/object.ts'
import type { DocumentStep, PlanDocument } from './document.ts'

/** A line of a review, with the role each part plays, so that a terminal can colour it and Markdown need not. */
export type Mark = '+' | '-' | '~' | '>'
export interface ReviewLine {
  readonly mark: Mark
  readonly what: string
  /** Locks, rewrites and scans as measured, then hazards. */
  readonly notes: readonly string[]
  readonly dangers: readonly string[]
}
export interface ReviewGroup {
  readonly title: string
  readonly size: string
  readonly lines: readonly ReviewLine[]
}

const marks: Record<DocumentStep['action'], Mark> = { create: '+', drop: '-', alter: '~', rename: '>', lend: '>' }

/** The steps of a plan, grouped by the relation they work on, in the order of the plan. */
export function reviewGroups(plan: PlanDocument): ReviewGroup[] {
  const groups = new Map<string, { title: string; size: string; lines: ReviewLine[] }>()
  plan.forward.forEach((step, i) => {
    if (step.action === 'lend') return
    const title = step.relation === null ? 'database' : nameOf(step.relation)
    const group = groups.get(title) ?? { title, size: sizeText(plan, step.relation), lines: [] }
    groups.set(title, group)
    const observed = plan.proof?.forward[i] ?? null
    const before = group.lines.at(-1)
    const line = lineOf(step, observed)
    // A replacement is one thing to a reader: what went comes back at once.
    if (before?.mark === '-' && line.mark === '+' && before.what === line.what)
      group.lines[group.lines.length - 1] = { ...line, mark: '~', what: `${line.what} (made anew)`, dangers: [...before.dangers, ...line.dangers] }
    else group.lines.push(line)
  })
  return withPartitions([...groups.values()].map(brief), plan)
}

/** New partitions of one table are one line, with the table they belong to. */
function withPartitions(groups: readonly ReviewGroup[], plan: PlanDocument): ReviewGroup[] {
  const parentOf = new Map<string, string>()
  for (const { from, to } of plan.touched) {
    const parent = (to?.attrs as { partitionOf?: { table: string[] } | null } | undefined)?.partitionOf
    if (from === null && to && parent) parentOf.set(nameOf(to.id), nameOf(idOf('', ...parent.table)))
  }
  const out: ReviewGroup[] = []
  const lines = new Map<string, string[]>()
  for (const g of groups) {
    const parent = parentOf.get(g.title)
    if (parent === undefined) out.push(g)
    else lines.set(parent, [...(lines.get(parent) ?? []), g.title])
  }
  return out.map((g) => {
    const parts = lines.get(g.title)
    return parts === undefined ? g : { ...g, lines: [...g.lines, partitionLine(parts)] }
  }).concat([...lines].filter(([parent]) => !out.some((g) => g.title === parent)).map(([parent, parts]) => ({ title: parent, size: '', lines: [partitionLine(parts)] }))) // prettier-ignore
}

function partitionLine(parts: readonly string[]): ReviewLine {
  const what = parts.length === 1 ? `partition ${parts[0]}` : `${parts.length} partitions: ${parts[0]} to ${parts.at(-1)}`
  return { mark: '+', what, notes: [], dangers: [] }
}

/** A new relation is one line: what it is made of is in the declaration, and nobody has waited for it yet. */
function brief(group: ReviewGroup & { lines: ReviewLine[] }): ReviewGroup {
  const [first] = group.lines
  if (group.title === 'database') return { ...group, lines: counted(group.lines) }
  if (first?.mark !== '+' || !/^(table|view|materialized view) /.test(first.what) || !first.what.includes(` ${group.title}`)) return group
  const rest = tally(group.lines.slice(1).map((l) => l.what))
  const what = rest === '' ? first.what : `${first.what}${first.what.includes(' with ') ? ', ' : ' with '}${rest}`
  return { ...group, lines: [{ ...first, what }] }
}

/** Many lines of one kind in the database's own group become one, with the first few names. */
function counted(lines: readonly ReviewLine[]): ReviewLine[] {
  const out: ReviewLine[] = []
  const byKind = new Map<string, { mark: Mark; names: string[]; lines: ReviewLine[] }>()
  for (const l of lines) {
    const kind = kindWord(l.what)
    const key = `${l.mark}${kind}`
    const entry = byKind.get(key) ?? byKind.set(key, { mark: l.mark, names: [], lines: [] }).get(key)!
    entry.names.push(l.what.slice(kind.length + 1))
    entry.lines.push(l)
  }
  for (const [key, { mark, names, lines: own }] of byKind) {
    if (own.length <= 3 || own.some((l) => l.notes.length > 0)) out.push(...own)
    else
      out.push({
        mark,
        what: `${names.length} ${plural(key.slice(1))}: ${names.slice(0, 6).join(', ')}${names.length > 6 ? `, … ${names.length - 6} more` : ''}`,
        notes: [],
        dangers: [],
      })
  }
  return out
}

const kindWords = ['default privileges', 'foreign key', 'row security', 'composite type', 'range type', 'domain check', 'materialized view', 'sequence owner', 'default grant']
const kindWord = (what: string): string => kindWords.find((k) => what.startsWith(`${k} `)) ?? what.slice(0, what.indexOf(' '))
const plural = (kind: string): string =>
  /(s|security)$/.test(kind) ? kind : kind.endsWith('y') && !kind.endsWith('key') ? `${kind.slice(0, -1)}ies` : kind.endsWith('x') ? `${kind}es` : `${kind}s`

function tally(whats: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const w of whats) counts.set(kindWord(w), (counts.get(kindWord(w)) ?? 0) + 1)
  return [...counts].map(([k, n]) => (n === 1 ? `1 ${k}` : `${n} ${plural(k)}`)).join(', ')
}

type Observed = NonNullable<NonNullable<PlanDocument['proof']>['forward'][number]>

function lineOf(step: DocumentStep, observed: Observed | null): ReviewLine {
  const [kind, name] = split(step.id)
  const carried = step.carries.length > 0 && step.action === 'create' ? ` with ${carriedText(step.carries)}` : ''
  const attributes = step.action === 'alter' && step.attributes.length > 0 ? `: ${step.attributes.map(words).join(', ')}` : ''
  const renamed = step.action === 'rename' ? ` (was ${split(step.carries[0] ?? '')[1]})` : ''
  const because = step.because === null ? '' : ` (makes way for ${split(step.because)[1]})`
  return {
    mark: marks[step.action],
    what: `${words(kind)} ${shortName(step, name)}${carried}${attributes}${renamed}${because}`,
    notes: observed === null ? [] : measured(observed),
    dangers: step.hazards.map((h) => h.sentence),
  }
}

function measured(o: Observed): string[] {
  const notes: string[] = []
  const strongest = o.locks[0]
  if (strongest) {
    const same = o.locks.filter((l) => l.mode === strongest.mode).map((l) => l.relation)
    notes.push(`${strongest.mode}${same.length > 1 || o.locks.length > 1 ? ` on ${same.slice(0, 3).join(', ')}${same.length > 3 ? ` and ${same.length - 3} more` : ''}` : ''}`)
  }
  notes.push(o.rewrites.length > 0 ? `rewrites ${o.rewrites.slice(0, 3).join(', ')}` : 'no rewrite')
  notes.push(o.scans.length > 0 ? `scans ${o.scans.slice(0, 3).join(', ')}` : 'no scan')
  return notes
}

function carriedText(ids: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(split(id)[0], (counts.get(split(id)[0]) ?? 0) + 1)
  return [...counts].map(([k, n]) => `${n} ${n === 1 ? words(k) : plural(words(k))}`).join(', ')
}

/** `column:app.users.id` to `['column', 'app.users.id']`; a satellite's target follows its kind. */
function split(id: string): [string, string] {
  const at = id.search(/[:(]/)
  if (at < 0) return ['', id]
  if (id[at] === ':') return [id.slice(0, at), id.slice(at + 1)]
  const end = id.lastIndexOf(')')
  const target = id.slice(at + 1, end)
  const rest = id.slice(end + 2)
  return [id.slice(0, at), rest === '' ? target.slice(target.indexOf(':') + 1) : `${rest} on ${target.slice(target.indexOf(':') + 1)}`]
}

const words = (name: string): string => name.replaceAll('_', ' ').replace(/([A-Z])/g, (c) => ` ${c.toLowerCase()}`)
const nameOf = (id: string): string => id.slice(id.indexOf(':') + 1)

function shortName(step: DocumentStep, name: string): string {
  const relation = step.relation === null ? '' : nameOf(step.relation)
  return relation !== '' && name.startsWith(`${relation}.`) ? name.slice(relation.length + 1) : name
}

function sizeText(plan: PlanDocument, relation: string | null): string {
  const s = relation === null ? undefined : plan.sizes[relation]
  if (s === undefined) return ''
  return `${s.rows === null ? 'rows unknown' : `${count(s.rows)} rows`}${s.bytes > 0 ? `, ${bytes(s.bytes)}` : ''}`
}

export function count(n: number): string {
  if (n < 1_000) return String(n)
  if (n < 1_000_000) return `${(n / 1_000).toFixed(n < 10_000 ? 1 : 0)} k`
  return `${(n / 1_000_000).toFixed(1)} M`
}

export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let i = 0
  let v = n
  for (; v >= 1024 && i < units.length - 1; i++) v /= 1024
  return `${v < 10 && i > 0 ? v.toFixed(1) : Math.round(v)} ${units[i]}`
}

/** The last lines of a review: how much, whether it can be undone, how that is known, what is not managed. */
export function summary(plan: PlanDocument): string[] {
  const segments = (steps: readonly DocumentStep[]): number => new Set(steps.map((s) => s.segment)).size
  const n = plan.forward.length
  const out: string[] = []
  if (n === 0) out.push('no difference')
  else
    out.push(
      `${n} step${n === 1 ? '' : 's'} in ${segments(plan.forward)} transaction${segments(plan.forward) === 1 ? '' : 's'} · rollback ${plan.rollback.length} steps · ${verdictText(plan)}`,
    )
  const lent = plan.forward.flatMap((s) => (s.action === 'lend' && s.sql[0]!.startsWith('GRANT') ? s.sql : []))
  if (lent.length > 0) out.push(`while it runs, and no longer: ${lent.join('; ')}`)
  for (const b of plan.beyond) out.push(`beyond the rights of this user: ${b}`)
  const p = plan.proof
  if (p) {
    const seeded = p.tables === 0 ? 'no tables to put rows into' : `${p.seeded} of ${p.tables} tables seeded`
    if (p.verdict !== 'failed') out.push(`proved both ways on ${p.server} in ${(p.milliseconds / 1000).toFixed(1)} s: ${list(p.observers)} agree; ${seeded}`)
    for (const f of p.findings) out.push(f)
    for (const note of p.notes) out.push(note)
  }
  if (plan.unmanaged.length > 0) out.push(`not managed here: ${plan.unmanaged.map((u) => `${u.count} ${u.what}`).join(', ')} (schema plan --unmanaged lists them)`)
  return out
}

const list = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`)

/** review.md: the same facts for a pull request. `diagram` is Mermaid of the changed part. */
export function reviewMarkdown(plan: PlanDocument, diagram: string | null): string {
  const lines = [`# Plan for ${plan.target.database}`, '', ...summary(plan).map((s) => `- ${escape(s)}`), '']
  const glyph: Record<Mark, string> = { '+': 'create', '-': 'drop', '~': 'change', '>': 'rename' }
  for (const g of reviewGroups(plan)) {
    lines.push(`## ${escape(g.title)}${g.size === '' ? '' : ` (${g.size})`}`, '', '| | What | Measured | Take care |', '|---|---|---|---|')
    for (const l of g.lines) lines.push(`| ${glyph[l.mark]} | ${escape(l.what)} | ${escape(l.notes.join(', '))} | ${escape(l.dangers.join('; '))} |`)
    lines.push('')
  }
  if (diagram !== null) lines.push('## What it looks like then', '', '```mermaid', diagram.trim(), '```', '')
  return `${lines.join('\n')}\n`
}

const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ')

/** A plan that only holds on empty tables must not look like one that keeps rows. */
function verdictText({ proof }: PlanDocument): string {
  if (proof === null) return 'not proved'
  return proof.verdict === 'lossless' && proof.findings.length > 0 ? 'lossless on empty tables only' : proof.verdict
}
