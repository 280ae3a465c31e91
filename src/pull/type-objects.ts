import type { CompositeAttrs } from '../kinds/composite_type/index.ts'
import type { DomainAttrs } from '../kinds/domain/index.ts'
import type { DomainCheckAttrs } from '../kinds/domain_check/index.ts'
import type { EnumAttrs } from '../kinds/enum/index.ts'
import type { RangeAttrs } from '../kinds/range_type/index.ts'
import { satelliteId, idOf, type DbObject } from '../model/object.ts'
import { commentCode } from './behaviour.ts'
import { call, object, quote, record, unlessEmpty, type Code, type ObjectCode } from './code.ts'
import { collationCode, sqlIn } from './column.ts'
import { grantsCode } from './grants.ts'
import { ownerCode } from './table.ts'
import { typeCode } from './types.ts'
import type { Writer } from './writer.ts'

/** The names of types that a type is made of. */
function madeOf(o: DbObject<any>): string[] {
  const names: (string | null)[] =
    o.kind === 'domain' ? [o.attrs.type] : o.kind === 'range_type' ? [o.attrs.subtype] : o.kind === 'composite_type' ? o.attrs.attributes.map((a: { type: string }) => a.type) : []
  return names.map((n) => n!.replace(/(\[\])+$/, ''))
}

/** Types so that each comes after those it is made of. */
export function typesInOrder(w: Writer): DbObject<any>[] {
  const out = new Set<DbObject>()
  const visit = (o: DbObject, above: ReadonlySet<DbObject>): void => {
    if (out.has(o) || above.has(o)) return
    for (const name of madeOf(o)) {
      const needed = w.typeNamed(name)
      if (needed) visit(needed, new Set([...above, o]))
    }
    out.add(o)
  }
  for (const kind of ['enum', 'domain', 'range_type', 'composite_type']) for (const o of w.ofKind(kind)) visit(o as DbObject, new Set())
  return [...out]
}

const words: { readonly [kind: string]: string } = { enum: 'enumType', domain: 'domain', composite_type: 'compositeType', range_type: 'rangeType' }

/** Writes a type into its file. Types it is made of must have been written. */
export function writeType(w: Writer, file: string, o: DbObject<any>): void {
  w.take(o.id)
  const word = words[o.kind]!
  w.files.use(file, word)
  const name = (): [Code, Code] => [w.namespace(file, o.path[0]!), quote(o.path[1]!)]
  const traits = { comment: commentCode(w, o.id), owner: ownerCode(w, file, o.id), grants: grantsCode(w, file, o.id) }
  let code: Code
  if (o.kind === 'enum') code = call(word, ...name(), (o.attrs as EnumAttrs).values.map(quote), unlessEmpty(object(traits)))
  else if (o.kind === 'domain') code = call(word, ...name(), object({ ...traits, ...domainFields(w, file, o) }))
  else if (o.kind === 'range_type') code = call(word, ...name(), object({ ...traits, ...rangeFields(w, file, o) }))
  else code = call(word, ...name(), attributesCode(w, file, o), unlessEmpty(object({ ...traits, comments: attributeComments(w, o) })))
  // The constant comes last, so that a type cannot use itself.
  w.files.add(file, code, w.constant(o.id, o.path, file, 'Type').name)
}

function domainFields(w: Writer, file: string, o: DbObject<DomainAttrs>): { [name: string]: Code | undefined } {
  const a = o.attrs
  const checks = w.takeChildren<DomainCheckAttrs>(o.id, 'domain_check').map((c): [string, Code] => {
    const sql = sqlIn(w, file, c.attrs.expression)
    const comment = commentCode(w, c.id)
    return [c.path[2]!, c.attrs.valid && comment === undefined ? sql : object({ check: sql, valid: c.attrs.valid ? undefined : 'false', comment })]
  })
  return {
    as: typeCode(w, file, a.type).code, notNull: a.notNull ? 'true' : undefined, default: a.default === null ? undefined : sqlIn(w, file, a.default),
    collation: a.collation === null ? undefined : quote(collationCode(a.collation)), checks: unlessEmpty(record(checks)),
  } // prettier-ignore
}

function rangeFields(w: Writer, file: string, o: DbObject<RangeAttrs>): { [name: string]: Code | undefined } {
  const a = o.attrs
  const said = (text: string | null): Code | undefined => (text === null ? undefined : quote(text))
  return {
    subtype: typeCode(w, file, a.subtype).code, opclass: said(a.opclass), collation: a.collation === null ? undefined : quote(collationCode(a.collation)),
    canonical: said(a.canonical), difference: said(a.difference), multirange: quote(a.multirange),
  } // prettier-ignore
}

function attributesCode(w: Writer, file: string, o: DbObject<CompositeAttrs>): Code {
  const list = o.attrs.attributes.map((a): [string, string] => [
    a.name,
    typeCode(w, file, a.type).code + (a.collation === null ? '' : `.collate(${quote(collationCode(a.collation))})`),
  ])
  return list.some(([name]) => /^\d+$/.test(name)) ? list.map(([name, code]) => [quote(name), code]) : record(list)
}

function attributeComments(w: Writer, o: DbObject<CompositeAttrs>): ObjectCode | undefined {
  const found = o.attrs.attributes.flatMap(({ name }): [string, Code][] => {
    const text = w.take<{ text: string }>(satelliteId('comment', idOf('column', ...o.path, name)))?.attrs.text
    return text === undefined ? [] : [[name, quote(text)]]
  })
  return unlessEmpty(record(found))
}
