import { declared, type Table } from 'pgintent'

/** What the audit log keeps of a column: a digest, which shows only that it changed, or not even that. */
export interface Redacted {
  readonly digested: readonly string[]
  readonly blanked: readonly string[]
}

/** What holds enough chance that nobody finds it by trying: only that is kept as a digest. */
const unguessable = new Set(['app.ciphertext', 'app.sha256', 'bytea'])

/**
 * What the audit log must not hold in the clear, as it is kept longer than the rows are: what is classified as personal or secret,
 * and free text, in which people write whatever they like.
 */
export function redactedColumns(table: Table<any, any>, freeText: readonly string[] = []): Redacted {
  const columns = [...declared().model.objects.values()].filter((o) => o.kind === 'column' && `${o.path[0]}.${o.path[1]}` === table.ref.text)
  const sensitive = columns.filter((c) => ['pii', 'secret'].includes(String(c.facts?.['classification'])))
  const digested = sensitive.filter((c) => unguessable.has(String((c.attrs as { type?: unknown }).type))).map((c) => c.path[2]!)
  return { digested, blanked: [...sensitive.map((c) => c.path[2]!).filter((n) => !digested.includes(n)), ...freeText] }
}
