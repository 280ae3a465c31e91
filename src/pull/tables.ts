import type { ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import type { PublicationAttrs } from '../kinds/publication/index.ts'
import type { TableAttrs } from '../kinds/table/index.ts'
import { idOf, type DbObject, type Id } from '../model/object.ts'
import { call, object, quote } from './code.ts'
import { columnsOf, parentCode, partitionCode, tableFields, type Later, type PartitionsOf } from './table.ts'
import type { Writer } from './writer.ts'

type Table = DbObject<TableAttrs>

/** Writes every table into a file of its own, its partitions with it. */
export function writeTables(w: Writer, later: Later): void {
  const tables = w.ofKind<TableAttrs>('table')
  const partitions = partitionsOf(w, tables)
  const apart = neededApart(w)
  const roots = inheritanceOrder(tables.filter((t) => rootOf(w, t) === t))
  const files = new Map(roots.map((t) => [t.id, w.fileNames.next(w.folder(t.path[0]!), t.path[1]!)]))
  for (const t of roots) w.constant(t.id, t.path, files.get(t.id)!, t.attrs.partitionOf === null ? 'Table' : 'Partition')
  for (const t of tables) if (apart.has(t.id) && !w.constants.has(t.id)) w.constant(t.id, t.path, files.get(rootOf(w, t).id)!, 'Partition')
  // What a table inherits from must be importable, so those imports come before any that may run in a circle.
  for (const t of roots) for (const p of t.attrs.inherits) w.use(files.get(t.id)!, idOf('table', ...p))
  for (const t of roots) writeTable(w, files.get(t.id)!, t, partitions, apart, later)
}

function writeTable(w: Writer, file: string, t: Table, partitions: PartitionsOf, apart: ReadonlySet<Id>, later: Later): void {
  if (t.attrs.partitionOf !== null) return writePartition(w, file, t, undefined, partitions, apart, later)
  w.files.use(file, 'table')
  const code = call('table', w.namespace(file, t.path[0]!), quote(t.path[1]!), object(tableFields(w, file, t, partitions, later)))
  w.files.add(file, code, w.constants.get(t.id)!.name)
  writeApart(w, file, t, partitions, apart, later)
}

function writePartition(w: Writer, file: string, p: Table, parent: Table | undefined, partitions: PartitionsOf, apart: ReadonlySet<Id>, later: Later): void {
  w.files.use(file, 'partition')
  const above = parentCode(w, file, p.attrs.partitionOf!.table, columnsOf(w, p.id))
  const spec = partitionCode(w, file, p, parent, partitions, later)
  const whole = spec === quote('default') ? object({ default: 'true' }) : spec
  w.files.add(file, call('partition', above, quote(p.path[1]!), whole), w.constants.get(p.id)!.name)
  writeApart(w, file, p, partitions, apart, later)
}

/** Partitions that something else refers to, after the table they are of. */
function writeApart(w: Writer, file: string, t: Table, partitions: PartitionsOf, apart: ReadonlySet<Id>, later: Later): void {
  for (const p of partitions.get(t.id) ?? []) if (apart.has(p.id)) writePartition(w, file, p, t, partitions, apart, later)
}

function partitionsOf(w: Writer, tables: readonly Table[]): PartitionsOf {
  const out = new Map<Id, Table[]>()
  for (const t of tables) {
    if (t.attrs.partitionOf === null) continue
    const parent = idOf('table', ...t.attrs.partitionOf.table)
    if (!w.has(parent)) continue
    const list = out.get(parent)
    if (list) list.push(t)
    else out.set(parent, [t])
  }
  return out
}

/** The table at the top of a partition, as far as the model knows. */
function rootOf(w: Writer, t: Table): Table {
  const parent = t.attrs.partitionOf === null ? undefined : (w.model.objects.get(idOf('table', ...t.attrs.partitionOf.table)) as Table | undefined)
  return parent === undefined ? t : rootOf(w, parent)
}

/** Partitions that need a constant: what foreign keys or sequences name, with the partitions they are in. */
function neededApart(w: Writer): Set<Id> {
  const out = new Set<Id>()
  const need = (id: Id): void => {
    const t = w.model.objects.get(id) as Table | undefined
    if (!t?.attrs.partitionOf || out.has(id)) return
    out.add(id)
    need(idOf('table', ...t.attrs.partitionOf.table))
  }
  for (const f of w.ofKind<ForeignKeyAttrs>('foreign_key')) {
    need(idOf('table', ...f.attrs.table))
    need(f.parent!)
  }
  for (const s of w.ofKind<{ table: string[] }>('sequence_owner')) need(idOf('table', ...s.attrs.table))
  for (const r of w.ofKind('rule')) need(r.parent!)
  for (const s of w.ofKind('statistics')) if (s.parent !== null) need(s.parent)
  for (const p of w.ofKind<PublicationAttrs>('publication')) for (const t of p.attrs.tables) need(idOf('table', ...t.table))
  return out
}

/** Tables so that each comes after those it inherits from. */
function inheritanceOrder(tables: readonly Table[]): Table[] {
  const byId = new Map(tables.map((t) => [t.id, t]))
  const out = new Set<Table>()
  const visit = (t: Table): void => {
    if (out.has(t)) return
    for (const p of t.attrs.inherits) {
      const parent = byId.get(idOf('table', ...p))
      if (parent) visit(parent)
    }
    out.add(t)
  }
  for (const t of tables) visit(t)
  return [...out]
}
