import { readFileSync } from 'node:fs'
import type { Position } from '../model/object.ts'

/**
 * A child of a table has its table's position: the call that declared both. This finds the line inside that call where the
 * child itself is spelled, by its name as a key (`amount: …`) or else by the word it stands under (`primaryKey:`), for a
 * message only. In: the call's position, the child's name and what its kind is called. Out: the call's own when not found.
 */
export function pinpoint(at: Position, name: string, label: string): Position {
  const call = callAt(at)
  const found = keys(call, name)
  const under = call.search(new RegExp(`\\b${escaped(label.slice(0, 4))}\\w*\\s*:`, 'i'))
  const word = label.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase())
  const index = found.find((i) => under >= 0 && i >= under) ?? found[0] ?? call.search(new RegExp(`\\b\\w*${escaped(word)}\\w*\\s*:`, 'i'))
  if (index < 0) return at
  const before = call.slice(0, index).split('\n')
  return { file: at.file, line: at.line + before.length - 1, column: (before.length === 1 ? at.column : 1) + before.at(-1)!.length }
}

/** The text of a declaring call: from its position to where the next statement of the file begins. */
function callAt({ file, line, column }: Position): string {
  try {
    const [first = '', ...rest] = readFileSync(file, 'utf8')
      .split('\n')
      .slice(line - 1)
    const end = rest.findIndex((l) => /^[a-z/]/i.test(l))
    return [first.slice(column - 1), ...(end < 0 ? rest : rest.slice(0, end))].join('\n')
  } catch {
    return ''
  }
}

/** Where a name stands as a key, bare or quoted. */
function keys(call: string, name: string): number[] {
  const spelled = [name, `'${name.replaceAll("'", "\\'")}'`, JSON.stringify(name)].map(escaped).join('|')
  return [...call.matchAll(new RegExp(`(?<=^|[{,(\\s])(?:${spelled})\\s*:`, 'gm'))].map((m) => m.index)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
