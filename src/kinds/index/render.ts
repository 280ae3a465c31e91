import type { DbObject } from '../../model/object.ts'
import { ident, identList, qualified } from '../../sql/identifier.ts'
import { changeOptions, withOptions } from '../../sql/options.ts'
import type { Alteration, Statement } from '../contract.ts'
import type { IndexAttrs, IndexElement } from './index.ts'

type Index = DbObject<IndexAttrs>

function element(e: IndexElement): string {
  const parts = [e.column === null ? `(${e.expression!})` : ident(e.column)]
  if (e.collation !== null) parts.push(`COLLATE ${e.collation}`)
  if (e.opclass !== null) parts.push(e.opclass)
  if (e.descending) parts.push('DESC')
  if (e.nullsFirst !== e.descending) parts.push(e.nullsFirst ? 'NULLS FIRST' : 'NULLS LAST')
  return parts.join(' ')
}

export const elementNames = (o: Index): string => o.attrs.on.map((e) => e.column ?? e.expression).join(', ')

export function createIndex(o: Index): string {
  const a = o.attrs
  const parts = [`CREATE ${a.unique ? 'UNIQUE ' : ''}INDEX ${ident(o.path[1]!)} ON ${qualified(a.table)}`]
  parts.push(`USING ${ident(a.method)} (${a.on.map(element).join(', ')})`)
  if (a.include.length > 0) parts.push(`INCLUDE (${identList(a.include)})`)
  if (a.nullsNotDistinct) parts.push('NULLS NOT DISTINCT')
  const text = parts.join(' ') + withOptions(a.options)
  return text + (a.tablespace === null ? '' : ` TABLESPACE ${ident(a.tablespace)}`) + (a.where === null ? '' : ` WHERE ${a.where}`)
}

export function indexStatistics(o: Index): Statement[] {
  return Object.entries(o.attrs.statistics).map(([n, target]) => `ALTER INDEX ${qualified(o.path)} ALTER COLUMN ${n} SET STATISTICS ${target}`)
}

export function alterOptions(from: Index, to: Index): Alteration {
  return changeOptions(from.attrs.options, to.attrs.options).map((c) => `ALTER INDEX ${qualified(to.path)} ${c}`)
}
