import type { AggregateAttrs } from '../kinds/aggregate/index.ts'
import type { FunctionAttrs } from '../kinds/function/index.ts'
import type { DbObject } from '../model/object.ts'
import { argumentsCode } from './arguments.ts'
import { commentCode } from './behaviour.ts'
import { call, object, quote, record, type Code } from './code.ts'
import { sqlIn } from './column.ts'
import { grantsCode } from './grants.ts'
import { ownerCode } from './table.ts'
import type { Writer } from './writer.ts'

const settings = (values: { readonly [name: string]: string }): Code | undefined =>
  Object.keys(values).length === 0 ? undefined : record(Object.entries(values).map(([k, v]) => [k, quote(v)]))

/** What OUT arguments alone say about the result, so that it can be left out. */
function impliedResult(args: string): boolean {
  return /(^|, )(OUT|INOUT) /.test(args)
}

/** Writes a function or procedure into its file. */
export function writeFunction(w: Writer, file: string, o: DbObject<FunctionAttrs>): void {
  w.take(o.id)
  const a = o.attrs
  const procedure = a.routine === 'procedure'
  const word = procedure ? 'procedure' : 'fn'
  w.files.use(file, word)
  const flag = (value: boolean): string | undefined => (value ? 'true' : undefined)
  const args = argumentsCode(w, file, a.arguments, o.path[2]!, procedure)
  // Text says nothing about the result; builders do.
  const implied = typeof args !== 'string' && a.returns === 'record' && impliedResult(a.arguments)
  const code = object({
    comment: commentCode(w, o.id),
    owner: ownerCode(w, file, o.id),
    args,
    returns: a.returns === null || implied ? undefined : quote(a.returns),
    language: quote(a.language),
    window: flag(a.routine === 'window'),
    volatility: a.volatility === 'volatile' ? undefined : quote(a.volatility),
    parallel: a.parallel === 'unsafe' ? undefined : quote(a.parallel),
    strict: flag(a.strict),
    securityDefiner: flag(a.securityDefiner),
    leakproof: flag(a.leakproof),
    cost: a.cost === null ? undefined : String(a.cost),
    rows: a.rows === null ? undefined : String(a.rows),
    support: a.support === null ? undefined : quote(a.support),
    settings: settings(a.settings),
    library: a.library === null ? undefined : quote(a.library),
    grants: grantsCode(w, file, o.id),
    [a.parsed ? 'sqlBody' : 'body']: sqlIn(w, file, a.body),
  })
  const constant = w.constant(o.id, o.path.slice(0, 2), file, 'Function')
  w.files.add(file, call(word, w.namespace(file, o.path[0]!), quote(o.path[1]!), code), constant.name)
}

export function writeAggregate(w: Writer, file: string, o: DbObject<AggregateAttrs>): void {
  w.take(o.id)
  w.files.use(file, 'aggregate')
  const code = object({
    comment: commentCode(w, o.id),
    owner: ownerCode(w, file, o.id),
    args: quote(o.attrs.arguments),
    signature: o.attrs.arguments === o.path[2] ? undefined : quote(o.path[2]!),
    definition: sqlIn(w, file, o.attrs.definition),
    grants: grantsCode(w, file, o.id),
  })
  const constant = w.constant(o.id, o.path.slice(0, 2), file, 'Aggregate')
  w.files.add(file, call('aggregate', w.namespace(file, o.path[0]!), quote(o.path[1]!), code), constant.name)
}
