import { posix } from 'node:path'
import type { Id } from '../model/object.ts'
import type { Area } from './areas.ts'
import { order, type Look, type Table } from './look.ts'

/** Where each page lies, relative to the folder of the documents. */
export interface Paths {
  readonly overview: string
  readonly namespace: (name: string) => string
  readonly table: (id: Id) => string | undefined
  readonly area: (area: Area) => string
}

/** A file name for any name, so that two of a folder differ also where the file system ignores case. */
class Folder {
  readonly #used = new Set<string>()

  file(name: string): string {
    const base =
      name
        .replace(/[^A-Za-z0-9_-]+/g, '-')
        .replace(/^-+(?=.)/, '')
        .slice(0, 80) || '-'
    let file = base
    for (let n = 2; this.#used.has(file.toLowerCase()); n++) file = `${base}-${n}`
    this.#used.add(file.toLowerCase())
    return file
  }
}

/** Gives every namespace, table and area its page. */
export function pathsOf(look: Look, namespaces: readonly string[], areas: readonly Area[]): Paths {
  const top = new Folder()
  const folders = new Map([...namespaces].sort(order).map((n) => [n, top.file(n)]))
  const inTables = new Map<string, Folder>()
  const inAreas = new Map<string, Folder>()
  const at = (folder: Map<string, Folder>, name: string): Folder => folder.get(name) ?? folder.set(name, new Folder()).get(name)!
  const tables = new Map(look.roots().map((t: Table) => [t.id, `${folders.get(t.path[0]!)}/tables/${at(inTables, t.path[0]!).file(t.path[1]!)}.md`]))
  const areaPages = new Map(areas.map((a) => [a, `${folders.get(a.namespace)}/areas/${at(inAreas, a.namespace).file(a.page)}.md`]))
  return {
    overview: 'README.md',
    namespace: (name) => `${folders.get(name)}/README.md`,
    table: (id) => tables.get(id),
    area: (area) => areaPages.get(area)!,
  }
}

/** The link from one page to another. */
export const between = (from: string, to: string): string => posix.relative(posix.dirname(from), to)
