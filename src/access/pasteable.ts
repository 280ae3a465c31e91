import { literalWord } from './literal-word.ts'
import type { Relation } from './relation.ts'
import type { Cell } from './report.ts'

/** What was observed of a table, as the expectation that would be met by it. Actors with the same access share a line. */
export function pasteable(relation: Pick<Relation, 'name'>, cells: readonly Cell[]): string {
  const groups = new Map<string, string[]>()
  for (const cell of cells) {
    const text = accessText(cell)
    if (text !== '') groups.set(text, [...(groups.get(text) ?? []), cell.actor])
  }
  const lines = [...groups].map(([text, actors]) => `[[${actors.map(literalWord).join(', ')}], { ${text} }]`)
  return `access(${variable(relation.name)}, [${lines.join(', ')}])`
}

function accessText(cell: Cell): string {
  const granted = cell.operations.filter((o) => o.observed[0] !== 'denied')
  return granted.map((o) => `${o.operation}: ${o.observed.length === 1 ? literalWord(o.observed[0]!) : `[${o.observed.map(literalWord).join(', ')}]`}`).join(', ')
}

/** What the table is probably called in TypeScript. */
function variable(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1).replaceAll('"', '')
  return last.replace(/[^A-Za-z0-9]+(.)?/g, (_, c: string | undefined) => c?.toUpperCase() ?? '')
}
