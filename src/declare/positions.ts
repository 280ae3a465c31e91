import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Position } from '../model/object.ts'

/** Finds places of a bundle in the files it was made of. */
export class Positions {
  readonly #bundleUrl: string
  readonly #outfile: string
  readonly #mapText: string
  readonly #own: string
  readonly #cwd: string
  #map: TraceMap | undefined

  /** In: the bundle's file, its source map as text, the URL of pgintent's entry, and what paths are relative to. */
  constructor(outfile: string, map: string, selfUrl: string, cwd: string) {
    this.#bundleUrl = pathToFileURL(outfile).href
    this.#outfile = outfile
    this.#mapText = map
    this.#own = dirname(fileURLToPath(selfUrl))
    this.#cwd = cwd
  }

  /** Where a declaration was made: the outermost of the calls that led to the word without leaving the declaration's files. */
  declaredAt(stack: string | undefined): Position | undefined {
    let last: Position | undefined
    for (const place of this.#frames(stack)) {
      if (place === 'own') continue
      // The engine's own functions (Array.map) may stand between the words and the declaration.
      if (place === undefined && last === undefined) continue
      if (place === undefined) break
      last = place
    }
    return last
  }

  /** Where an error was thrown, in the declaration's own files. */
  thrownAt(stack: string | undefined): Position | undefined {
    return this.#frames(stack).find((p): p is Position => p !== 'own' && p !== undefined)
  }

  /** Frames from the innermost on: a place in a declared file, `own` for pgintent itself, undefined for anything else. */
  #frames(stack: string | undefined): (Position | 'own' | undefined)[] {
    const out: (Position | 'own' | undefined)[] = []
    for (const line of (stack ?? '').split('\n')) {
      const frame = /^\s+at (?:.*\((.*)\)|(?:async )?(.*))$/.exec(line)
      if (frame === null) continue
      const at = /^(.*):(\d+):(\d+)$/.exec(frame[1] ?? frame[2]!)
      out.push(at === null ? undefined : this.#place(at[1]!, Number(at[2]), Number(at[3])))
    }
    return out
  }

  #place(file: string, line: number, column: number): Position | 'own' | undefined {
    if (file !== this.#bundleUrl && file !== this.#outfile) return this.#isOwn(file.startsWith('file:') ? fileURLToPath(file) : file) ? 'own' : undefined
    this.#map ??= new TraceMap(this.#mapText)
    const found = originalPositionFor(this.#map, { line, column: column - 1 })
    if (found.source === null) return undefined
    const source = resolve(dirname(this.#outfile), found.source)
    if (this.#isOwn(source)) return 'own'
    return { file: relative(this.#cwd, source), line: found.line, column: found.column + 1 }
  }

  #isOwn(file: string): boolean {
    return !relative(this.#own, file).startsWith('..')
  }
}

export const positionText = (at: Position | undefined): string | undefined => at && `${at.file}:${at.line}:${at.column}`
