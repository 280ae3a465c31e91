import type { MaterializedViewAttrs } from '../kinds/materialized_view/index.ts'
import type { ViewAttrs } from '../kinds/view/index.ts'
import type { DbObject } from '../model/object.ts'
import { commentCode, triggersCode } from './behaviour.ts'
import { call, object, quote, record, unlessEmpty, type Code } from './code.ts'
import { sqlIn, textRecord } from './column.ts'
import { indexesCode } from './constraints.ts'
import { grantsCode } from './grants.ts'
import { ownerCode } from './table.ts'
import type { Writer } from './writer.ts'

const named: { readonly [option: string]: string } = { security_invoker: 'securityInvoker', security_barrier: 'securityBarrier' }

function optionFields(options: { readonly [name: string]: string }): { [name: string]: Code | undefined } {
  const out: { [name: string]: Code | undefined } = {}
  const rest: { [name: string]: string } = {}
  for (const [k, v] of Object.entries(options)) {
    if (k in named && (v === 'true' || v === 'false')) out[named[k]!] = v
    else if (k === 'check_option' && (v === 'local' || v === 'cascaded')) out['checkOption'] = quote(v)
    else rest[k] = v
  }
  return { ...out, options: Object.keys(rest).length === 0 ? undefined : textRecord(rest) }
}

/** Satellites of a view's columns, which are no objects: their parent is the id such a column would have. */
function columnsOf(w: Writer, o: DbObject<any>): { ids: string[]; comments: [string, Code][] } {
  const found = w.columnSatellites(o.path)
  const comments = found.filter((s) => s.kind === 'comment').map((s): [string, Code] => [s.path[2]!, quote(w.comment(s.parent!)!)])
  return { ids: [...new Set(found.filter((s) => s.kind === 'grant').map((s) => s.parent!))], comments }
}

function shared(w: Writer, file: string, o: DbObject<{ definition: string; options: { [name: string]: string } }>): { [name: string]: Code | undefined } {
  w.take(o.id)
  const columns = columnsOf(w, o)
  return {
    comment: commentCode(w, o.id),
    columnComments: unlessEmpty(record(columns.comments)),
    owner: ownerCode(w, file, o.id),
    ...optionFields(o.attrs.options),
    grants: grantsCode(w, file, o.id, columns.ids),
  }
}

export function writeView(w: Writer, file: string, o: DbObject<ViewAttrs>): void {
  w.files.use(file, 'view')
  const { defaults, definition } = o.attrs
  const code = object({
    ...shared(w, file, o),
    defaults: unlessEmpty(record(Object.entries(defaults).map(([c, d]) => [c, sqlIn(w, file, d)]))),
    triggers: triggersCode(w, file, o.id),
    as: sqlIn(w, file, definition),
  })
  w.files.add(file, call('view', w.namespace(file, o.path[0]!), quote(o.path[1]!), code), w.constant(o.id, o.path, file, 'View').name)
}

export function writeMaterializedView(w: Writer, file: string, o: DbObject<MaterializedViewAttrs>): void {
  w.files.use(file, 'materializedView')
  const a = o.attrs
  const { securityInvoker: _, securityBarrier: __, checkOption: ___, ...fields } = shared(w, file, o)
  const code = object({
    ...fields,
    options: Object.keys(a.options).length === 0 ? undefined : textRecord(a.options),
    accessMethod: a.accessMethod === null ? undefined : quote(a.accessMethod),
    tablespace: a.tablespace === null ? undefined : quote(a.tablespace),
    populated: a.populated ? undefined : 'false',
    indexes: indexesCode(w, file, o.id),
    as: sqlIn(w, file, a.definition),
  })
  w.files.add(file, call('materializedView', w.namespace(file, o.path[0]!), quote(o.path[1]!), code), w.constant(o.id, o.path, file, 'View').name)
}
