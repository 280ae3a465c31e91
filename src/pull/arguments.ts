import { ident } from '../sql/identifier.ts'
import { record, quote, type Code } from './code.ts'
import { sqlIn } from './column.ts'
import { typeCode } from './types.ts'
import type { Writer } from './writer.ts'

/** Commas outside of quotes and brackets separate arguments. */
function split(text: string): string[] {
  const out: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === "'" || c === '"') {
      const end = new RegExp(c === "'" ? `'(?:[^']|'')*'` : '"(?:[^"]|"")*"', 'y')
      end.lastIndex = i
      if (end.test(text)) i = end.lastIndex - 1
    } else if (c === '(' || c === '[') depth++
    else if (c === ')' || c === ']') depth--
    else if (c === ',' && depth === 0) {
      out.push(text.slice(from, i))
      from = i + 2
    }
  }
  return text === '' ? [] : [...out, text.slice(from)]
}

interface Part {
  readonly mode: '' | 'in' | 'out' | 'inout' | 'variadic'
  readonly name: string | null
  readonly type: string
  readonly value: string | null
}

/** One argument apart, or null when it cannot be told. `expected` is its type where the signature says it. */
function part(text: string, expected: string | undefined): Part | null {
  const m = /^(?:(IN|OUT|INOUT|VARIADIC) )?(.*?)(?: DEFAULT (.*))?$/s.exec(text)!
  const [mode, body, value] = [(m[1] ?? '').toLowerCase() as Part['mode'], m[2]!, m[3] ?? null]
  if (mode !== 'out' && body === expected) return { mode, name: null, type: body, value }
  const named = /^("(?:[^"]|"")*"|[^" ]+) (.+)$/s.exec(body)
  if (named === null) return null
  const name = named[1]!.startsWith('"') ? named[1]!.slice(1, -1).replaceAll('""', '"') : named[1]!
  if (ident(name) !== named[1] || (mode !== 'out' && named[2] !== expected)) return null
  return { mode, name, type: named[2]!, value }
}

/** Types whose builder, called without a length, is printed without one in a signature. */
const bare: { readonly [type: string]: string } = { character: 'char', bit: 'bit' }

/** Arguments as builders by name where that gives the same text back, else as text. Undefined for none. */
export function argumentsCode(w: Writer, file: string, text: string, types: string, procedure: boolean): Code | undefined {
  if (text === '') return undefined
  const signature = split(types)
  let input = 0
  const parts = split(text).map((t) => part(t, t.startsWith('OUT ') ? undefined : signature[input++]))
  const found = parts.filter((p) => p !== null)
  const names = found.map((p) => p.name)
  const named = names.every((n) => n !== null && n !== '' && !/^\d+$/.test(n)) && new Set(names).size === names.length
  const plain = names.every((n) => n === null)
  if (
    found.length !== parts.length ||
    input !== signature.length ||
    !(named || plain) ||
    found.some((p) => (p.mode === 'in') !== (procedure && p.mode !== 'out' && p.mode !== 'inout' && p.mode !== 'variadic'))
  )
    return argumentText(w, file, text, types)
  const code = (p: Part): string => {
    const word = bare[p.type.replace(/(\[\])+$/, '')]
    const arrays = '.array()'.repeat((p.type.length - p.type.replace(/(\[\])+$/, '').length) / 2)
    if (word !== undefined) w.files.use(file, word)
    const builder = (word === undefined ? typeCode(w, file, p.type).code : `${word}()${arrays}`) + (p.value === null ? '' : `.default(${sqlIn(w, file, p.value)})`)
    if (p.mode === '' || p.mode === 'in') return builder
    w.files.use(file, p.mode)
    return `${p.mode}(${builder})`
  }
  return named ? record(found.map((p) => [p.name!, code(p)])) : found.map(code)
}

function argumentText(w: Writer, file: string, text: string, types: string): string {
  w.files.use(file, 'argumentText')
  return `argumentText(${quote(text)}, ${quote(types)})`
}
