import type { Id } from '../model/object.ts'
import type { Table } from './look.ts'

/**
 * The folder of the declaration that each table is declared in, by its name below what all files have in common: who keeps
 * `schema/money/` and `schema/people/` apart has said what belongs together. Empty when there is one folder only, and for
 * tables that were not declared.
 */
export function foldersOf(tables: readonly Table[]): ReadonlyMap<Id, string> {
  const declared = tables.filter((t) => t.at !== undefined)
  const paths = new Map(declared.map((t) => [t.id, t.at!.file.split('/').slice(0, -1)]))
  const [first = [], ...others] = paths.values()
  let common = 0
  while (common < first.length && others.every((p) => p[common] === first[common])) common++
  const named = [...paths].flatMap(([id, path]): [Id, string][] => (path[common] === undefined ? [] : [[id, path[common]!]]))
  return new Map(new Set(named.map(([, folder]) => folder)).size > 1 ? named : [])
}
