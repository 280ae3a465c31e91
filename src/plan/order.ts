import type { Statement } from '../kinds/contract.ts'
import { kindNamed } from '../kinds/index.ts'
import { roomFor } from '../kinds/rights.ts'
import type { Model } from '../model/model.ts'

import type { DbObject, Id } from '../model/object.ts'
import type { Expanded, Fate } from './expand.ts'
import { foldable } from './fold.ts'
import { Graph } from './graph.ts'

/** One atomic step: an object's drop, alteration or creation, with the children that go with it. */
export interface Step {
  readonly action: 'create' | 'alter' | 'drop'
  readonly id: Id
  readonly fate: Fate
  /** Fates of children that this step carries out too. */
  readonly carries: readonly Fate[]
  readonly statements: readonly Statement[]
}

interface Draft {
  readonly action: Step['action']
  readonly fate: Fate
  readonly carries: Fate[]
  statements: readonly Statement[]
}

/** Turns fates into steps and puts them in the one order that both models' references allow. */
export function order(from: Model, to: Model, { fates, context }: Expanded): Step[] {
  const graph = new Graph()
  const drafts: Draft[] = []
  const up = new Map<Id, number>()
  const down = new Map<Id, number>()
  const node = (action: Step['action'], fate: Fate, rank: number): number => {
    drafts.push({ action, fate, carries: [], statements: [] })
    return graph.add(rank, `${action} ${fate.id}`)
  }

  const created = new Set<Id>()
  const dropped = new Set<Id>()
  for (const f of fates.values()) {
    if (f.to !== null && (f.from === null || f.replaced)) created.add(f.id)
    if (f.from !== null && (f.to === null || f.replaced)) dropped.add(f.id)
  }
  const moving = new Set(fates.keys())
  const implied = (model: Model) => (o: DbObject) => kindNamed(o.kind).impliedBy?.(o, model) != null
  const inlines = (o: DbObject): boolean => kindNamed(o.kind).inline?.(o, { model: to, before: from, inlined: () => [] }) != null
  const foldedUp = foldable(to, created, moving, { wanted: inlines, comesAlong: implied(to) })
  const foldedDown = foldable(from, dropped, moving, { wanted: (o) => kindNamed(o.kind).dropsWithParent, comesAlong: implied(from) })

  for (const f of fates.values()) {
    const kind = kindNamed((f.to ?? f.from)!.kind)
    if (f.aside) {
      down.set(f.id, node('drop', f, 150))
      up.set(f.id, node('create', f, kind.weight))
      continue
    }
    if (dropped.has(f.id) && !foldedDown.has(f.id)) down.set(f.id, node('drop', f, kind.dropWeight ?? 200 - kind.weight))
    if (created.has(f.id) && !foldedUp.has(f.id)) up.set(f.id, node('create', f, kind.weight))
    if (!dropped.has(f.id) && !created.has(f.id)) {
      const n = node('alter', f, kind.weight + 0.5)
      up.set(f.id, n)
      down.set(f.id, n)
    }
  }
  adopt(foldedUp, up, fates, drafts)
  adopt(foldedDown, down, fates, drafts)
  alias(from, to, fates, created, dropped, up, down)

  for (const f of fates.values()) {
    const a = up.get(f.id)
    const d = down.get(f.id)
    if (f.to !== null && a !== undefined && (created.has(f.id) || f.aside || a === d)) {
      for (const r of f.to.refs) {
        if (inside(to, foldedUp.get(f.id), r)) continue
        if (r === f.to.parent && waitsFor(fates.get(r), f.to)) link(graph, a, up.get(r))
        else link(graph, up.get(r), a)
      }
      for (const r of roomFor(f.to)) link(graph, up.get(r), a)
    }
    if (f.from !== null && d !== undefined) {
      for (const r of f.from.refs) if ((dropped.has(r) || (d !== a && down.has(r))) && !inside(from, foldedDown.get(f.id), r)) link(graph, d, down.get(r))
    }
    if (a !== undefined && d !== undefined && a !== d) graph.order(d, a)
    if (f.around !== null && a !== d) {
      link(graph, d, down.get(f.around))
      link(graph, down.get(f.around), a)
      link(graph, up.get(f.around), a)
    }
  }
  joinLast(graph, fates, up, down)
  claimSlots(graph, fates, created, dropped, up, down)
  render(drafts, from, to, context, created)
  return graph.sort().flatMap((n) => {
    const { action, fate, carries, statements } = drafts[n]!
    return statements.length === 0 ? [] : [{ action, id: fate.id, fate, carries, statements }]
  })
}

/** Whether a container's alteration comes after that of what it holds: only for contents that are there with it. */
function waitsFor(container: Fate | undefined, content: DbObject): boolean {
  if (!container?.from || !container.to || container.replaced || kindNamed(content.kind).impliedBy === undefined) return false
  return kindNamed(container.to.kind).altersAfterContents?.(container.from, container.to) === true
}

/** What joins another container does so when that one has its final shape as well. */
function joinLast(graph: Graph, fates: ReadonlyMap<Id, Fate>, up: ReadonlyMap<Id, number>, down: ReadonlyMap<Id, number>): void {
  const contents = [...fates.values()].filter((f) => kindNamed((f.to ?? f.from)!.kind).impliedBy !== undefined)
  for (const f of fates.values()) {
    if (!f.from || !f.to || f.replaced || kindNamed(f.to.kind).altersAfterContents?.(f.from, f.to) !== true) continue
    for (const c of contents) {
      if (!f.to.refs.includes((c.to ?? c.from)!.parent ?? '')) continue
      link(graph, up.get(c.id), up.get(f.id)!)
      link(graph, down.get(c.id), up.get(f.id)!)
    }
  }
}

/** What a folded child needs of its own parent's children is there with the parent. */
function inside(model: Model, parent: Id | undefined, id: Id): boolean {
  return parent !== undefined && model.objects.get(id)?.parent === parent
}

function link(graph: Graph, first: number | undefined, second: number | undefined): void {
  if (first !== undefined && second !== undefined) graph.order(first, second)
}

function adopt(folded: ReadonlyMap<Id, Id>, nodes: Map<Id, number>, fates: ReadonlyMap<Id, Fate>, drafts: readonly Draft[]): void {
  for (const [child, parent] of folded) {
    let top = parent
    for (let next = folded.get(top); next !== undefined; next = folded.get(top)) top = next
    const n = nodes.get(top)
    if (n === undefined) continue
    nodes.set(child, n)
    drafts[n]!.carries.push(fates.get(child)!)
  }
}

/** An inherited column happens when its parent's column does. */
function alias(from: Model, to: Model, fates: ReadonlyMap<Id, Fate>, created: ReadonlySet<Id>, dropped: ReadonlySet<Id>, up: Map<Id, number>, down: Map<Id, number>): void {
  const extra: [Map<Id, number>, Id, number][] = []
  for (const f of fates.values()) {
    const o = (f.to ?? f.from)!
    const implied = kindNamed(o.kind).impliedBy
    if (!implied) continue
    const above = implied(o, f.to ? to : from)
    if (above === null) continue
    const n = (created.has(f.id) ? up : down).get(above)
    if (n !== undefined && !dropped.has(f.id)) extra.push([up, f.id, n])
    if (n !== undefined && dropped.has(f.id) && f.to === null) extra.push([down, f.id, n])
  }
  for (const [map, id, n] of extra) if (!map.has(id)) map.set(id, n)
}

/** What a drop frees must be free before a create takes it. */
function claimSlots(
  graph: Graph,
  fates: ReadonlyMap<Id, Fate>,
  created: ReadonlySet<Id>,
  dropped: ReadonlySet<Id>,
  up: ReadonlyMap<Id, number>,
  down: ReadonlyMap<Id, number>,
): void {
  const freed = new Map<string, number>()
  for (const id of dropped) {
    const o = fates.get(id)!.from!
    const n = down.get(id)
    if (n !== undefined) for (const s of kindNamed(o.kind).slots?.(o) ?? []) freed.set(s, n)
  }
  for (const id of created) {
    const o = fates.get(id)!.to!
    const n = up.get(id)
    for (const s of kindNamed(o.kind).slots?.(o) ?? []) link(graph, freed.get(s), n)
  }
}

function render(drafts: readonly Draft[], from: Model, to: Model, context: Expanded['context'], created: ReadonlySet<Id>): void {
  const clauses = new Map<Id, string[]>()
  const after = new Map<Id, Statement[]>()
  const position = new Map([...to.objects.keys()].map((id, i) => [id, i]))
  for (const d of drafts) {
    if (d.action !== 'create' || d.fate.aside) continue
    d.carries.sort((a, b) => byRank(a, b, position))
    for (const c of d.carries) {
      const piece = kindNamed(c.to!.kind).inline!(c.to!, { model: to, before: from, inlined: () => [] })!
      push(clauses, c.to!.parent!, piece.clause)
      for (const s of piece.after ?? []) push(after, d.fate.id, s)
    }
  }
  const side = [...from.objects.values()].filter((o) => kindNamed(o.kind).onCreate)
  for (const d of drafts) {
    const { fate } = d
    const kind = kindNamed((fate.to ?? fate.from)!.kind)
    if (fate.aside) d.statements = d.action === 'drop' ? fate.aside.before : fate.aside.after
    else if (d.action === 'alter') d.statements = fate.alter
    else if (d.action === 'drop') d.statements = kind.drop(fate.from!, context)
    else {
      const o = fate.to!
      const made = kind.create(o, { model: to, before: from, inlined: (id) => clauses.get(id) ?? [] })
      const undone = made.length === 0 || !created.has(o.id) ? [] : side.flatMap((s) => kindNamed(s.kind).onCreate!(s, o))
      d.statements = [...made, ...(after.get(o.id) ?? []), ...undone]
    }
  }
}

function byRank(a: Fate, b: Fate, position: ReadonlyMap<Id, number>): number {
  const weight = kindNamed(a.to!.kind).weight - kindNamed(b.to!.kind).weight
  return weight !== 0 ? weight : place(a.to!, position) - place(b.to!, position)
}

function place(o: DbObject, position: ReadonlyMap<Id, number>): number {
  return typeof o.facts?.['position'] === 'number' ? o.facts['position'] : (position.get(o.id) ?? 0)
}

function push<T>(map: Map<Id, T[]>, id: Id, item: T): void {
  const list = map.get(id)
  if (list) list.push(item)
  else map.set(id, [item])
}
