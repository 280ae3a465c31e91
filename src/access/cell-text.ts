import type { Cell } from './report.ts'

const letters = { select: 'r', insert: 'i', update: 'u', delete: 'd', truncate: 't' } as const

/** A cell in short: what is denied is left out. `r own · i own`, or `–` when nothing is granted. */
export function cellText(cell: Cell): string {
  const parts = cell.operations.filter((o) => o.observed[0] !== 'denied' || !o.ok).map((o) => `${letters[o.operation]} ${o.observed.join('+')}${o.ok ? '' : ' ✗'}`)
  return parts.length === 0 ? '–' : parts.join(' · ')
}

/** What the letters and words of a cell mean. */
export const legend =
  'r select, i insert, u update, d delete, t truncate; what is not named is denied. nothing: granted, but row security lets no row through. refused: a trigger or constraint stands against it.'
