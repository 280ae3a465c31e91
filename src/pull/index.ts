import type { ExtensionAttrs } from '../kinds/extension/index.ts'
import type { FunctionAttrs } from '../kinds/function/index.ts'
import type { SequenceAttrs } from '../kinds/sequence/index.ts'
import type { Model } from '../model/model.ts'
import { idOf, type DbObject } from '../model/object.ts'
import { commentCode } from './behaviour.ts'
import { call, object, print, quote, unlessEmpty } from './code.ts'
import { sequenceFields } from './column.ts'
import { configText, type PullOptions } from './config.ts'
import { foreignKeyCode, referenceCode } from './constraints.ts'
import { writeCollation, writeEventTriggers, writePublications, writeStatistics } from './database.ts'
import { writeAggregate, writeFunction } from './function.ts'
import { grantsCode } from './grants.ts'
import { writeRaw, writeRest, writeRules } from './rest.ts'
import { writeDefaultGrants, writeRoles } from './roles.ts'
import { ownerCode, type Later } from './table.ts'
import { writeTables } from './tables.ts'
import { typesInOrder, writeType } from './type-objects.ts'
import { writeMaterializedView, writeView } from './view.ts'
import { allWords } from './words.ts'
import { Writer } from './writer.ts'

export type { PullOptions } from './config.ts'

/**
 * Writes a model as a declaration. In: a model as introspection reads it. Out: texts by path, `schema.config.ts` and
 * `schema/…`; loaded again, with the config's default owner, they declare just the objects of the model.
 */
export function writeDeclaration(model: Model, options: PullOptions = {}): Map<string, string> {
  const w = new Writer(model, allWords)
  const later: Later = { foreignKeys: [] }
  writeRoles(w, 'schema/roles')
  writeNamespaces(w)
  for (const o of w.ofKind<ExtensionAttrs>('extension')) writeExtension(w, o)
  for (const o of w.ofKind<any>('collation')) writeCollation(w, `${w.folder(o.path[0]!)}/collations`, o)
  for (const o of typesInOrder(w)) writeType(w, `${w.folder(o.path[0]!)}/types`, o)
  for (const o of w.ofKind<FunctionAttrs>('function')) writeFunction(w, `${w.folder(o.path[0]!)}/functions`, o)
  for (const o of w.ofKind<any>('aggregate')) writeAggregate(w, `${w.folder(o.path[0]!)}/functions`, o)
  writeTables(w, later)
  for (const o of w.ofKind<SequenceAttrs>('sequence')) if (!w.isSaid(o.id)) writeSequence(w, o)
  for (const o of w.ofKind<any>('view')) writeView(w, `${w.folder(o.path[0]!)}/views`, o)
  for (const o of w.ofKind<any>('materialized_view')) writeMaterializedView(w, `${w.folder(o.path[0]!)}/materialized-views`, o)
  writeForeignKeys(w, later)
  writeRules(w, 'schema/rules')
  writeStatistics(w, 'schema/statistics')
  writePublications(w, 'schema/publications')
  writeEventTriggers(w, 'schema/event-triggers')
  writeDefaultGrants(w, 'schema/default-privileges')
  writeRaw(w, 'schema/raw')
  writeRest(w, 'schema/rest')
  const roles = w.ofKind('role').map((r) => r.path[0]!)
  return new Map([['schema.config.ts', configText(w.defaultOwner, roles, options)], ...w.files.texts()])
}

/** Namespaces that objects live in; those that are not in the model are there without being managed. */
function writeNamespaces(w: Writer): void {
  const names = new Set(w.ofKind('namespace').map((o) => o.path[0]!))
  for (const o of w.model.objects.values()) {
    if (
      o.path.length > 1 &&
      ['table', 'view', 'materialized_view', 'sequence', 'function', 'aggregate', 'enum', 'domain', 'composite_type', 'range_type', 'collation', 'statistics'].includes(o.kind)
    )
      names.add(o.path[0]!)
    if (o.kind === 'default_grant' && typeof o.attrs['namespace'] === 'string') names.add(o.attrs['namespace'])
  }
  for (const name of names) {
    const id = idOf('namespace', name)
    const file = `${w.folder(name)}/namespace`
    const { name: constant } = w.constant(id, [name], file, 'Namespace')
    const o = w.take(id)
    w.files.use(file, o === undefined ? 'existingNamespace' : 'namespace')
    if (o === undefined) {
      w.files.add(file, call('existingNamespace', quote(name)), constant)
      continue
    }
    const fields = { comment: commentCode(w, id), owner: ownerCode(w, file, id), grants: grantsCode(w, file, id) }
    w.files.add(file, call('namespace', quote(name), unlessEmpty(object(fields))), constant)
  }
}

function writeExtension(w: Writer, o: DbObject<ExtensionAttrs>): void {
  const file = 'schema/extensions'
  w.take(o.id)
  w.files.use(file, 'extension')
  const namespace = o.attrs.namespace === null ? undefined : (w.use(file, idOf('namespace', o.attrs.namespace)) ?? quote(o.attrs.namespace))
  w.files.add(file, call('extension', quote(o.path[0]!), unlessEmpty(object({ namespace, comment: commentCode(w, o.id) }))))
}

function writeSequence(w: Writer, o: DbObject<SequenceAttrs>): void {
  const file = `${w.folder(o.path[0]!)}/sequences`
  w.take(o.id)
  w.files.use(file, 'sequence')
  const a = o.attrs
  const owned = w.take<{ table: string[]; column: string }>(idOf('sequence_owner', ...o.path))?.attrs
  const fields = {
    type: a.type === 'bigint' ? undefined : quote(a.type), ...sequenceFields(a.type, a), unlogged: a.unlogged ? 'true' : undefined,
    ownedBy: owned && columnCode(w, file, owned), comment: commentCode(w, o.id), owner: ownerCode(w, file, o.id), grants: grantsCode(w, file, o.id),
  } // prettier-ignore
  const { name } = w.constant(o.id, o.path, file, 'Sequence')
  w.files.add(file, call('sequence', w.namespace(file, o.path[0]!), quote(o.path[1]!), unlessEmpty(object(fields))), name)
}

/** A column of a declared table, or of one that has no constant here. */
function columnCode(w: Writer, file: string, { table, column }: { table: string[]; column: string }): string {
  const known = w.use(file, idOf('table', ...table))
  const name = /^[A-Za-z_$][\w$]*$/.test(column) ? `.${column}` : `[${quote(column)}]`
  if (known !== undefined) return `${known}.columns${name}`
  w.files.use(file, 'existingTable', 'type')
  return `${print(call('existingTable', quote(table[0]!), quote(table[1]!), object({ [column]: `type('unknown')` })))}.columns${name}`
}

function writeForeignKeys(w: Writer, later: Later): void {
  const file = 'schema/foreign-keys'
  for (const o of later.foreignKeys) {
    const table = w.use(file, o.parent!)
    const references = referenceCode(w, file, o)
    if (table === undefined || references === undefined) throw new Error(`${o.id} cannot be written apart from its table`)
    w.files.use(file, 'foreignKey')
    w.files.add(file, call('foreignKey', table, foreignKeyCode(w, file, o, references)))
  }
}
