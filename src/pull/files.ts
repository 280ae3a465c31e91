import { posix } from 'node:path'
import { print, type Code } from './code.ts'

interface Written {
  readonly words: Set<string>
  readonly imports: Map<string, Set<string>>
  readonly statements: string[]
}

/** The files of a declaration being written, and what they import from each other. Imports never run in a circle. */
export class Files {
  readonly #files = new Map<string, Written>()

  #file(path: string): Written {
    let file = this.#files.get(path)
    if (file === undefined) this.#files.set(path, (file = { words: new Set(), imports: new Map(), statements: [] }))
    return file
  }

  /** Notes words of pgintent that a file uses. */
  use(path: string, ...words: readonly string[]): void {
    for (const w of words) this.#file(path).words.add(w)
  }

  /** Imports a constant from another file. False, and nothing done, when that file needs this one already. */
  import(path: string, from: string, name: string): boolean {
    if (path === from) return true
    if (this.#reaches(from, path)) return false
    const { imports } = this.#file(path)
    const names = imports.get(from)
    if (names) names.add(name)
    else imports.set(from, new Set([name]))
    return true
  }

  #reaches(from: string, to: string): boolean {
    const seen = new Set<string>([from])
    const open = [from]
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (path === to) return true
      for (const next of this.#files.get(path)?.imports.keys() ?? []) {
        if (seen.has(next)) continue
        seen.add(next)
        open.push(next)
      }
    }
    return false
  }

  /** Adds a statement; with a name it is an exported constant. */
  add(path: string, code: Code, name?: string): void {
    const head = name === undefined ? '' : `export const ${name} = `
    this.#file(path).statements.push(head + print(code, '', head.length))
  }

  /** The texts of all files that say something. */
  texts(): Map<string, string> {
    const out = new Map<string, string>()
    for (const path of [...this.#files.keys()].sort()) {
      const { words, imports, statements } = this.#files.get(path)!
      if (statements.length === 0) continue
      const lines = words.size === 0 ? [] : [importLine(words, 'pgintent')]
      for (const [from, names] of [...imports].sort()) lines.push(importLine(names, relativeTo(path, from)))
      out.set(`${path}.ts`, `${lines.join('\n')}\n\n${statements.join('\n\n')}\n`)
    }
    return out
  }
}

function importLine(names: ReadonlySet<string>, from: string): string {
  const list = [...names].sort()
  const line = `import { ${list.join(', ')} } from '${from}'`
  return line.length <= 120 ? line : `import {\n${list.map((n) => `  ${n},\n`).join('')}} from '${from}'`
}

function relativeTo(path: string, from: string): string {
  const way = posix.relative(posix.dirname(path), from)
  return `${way.startsWith('.') ? way : `./${way}`}.ts`
}
