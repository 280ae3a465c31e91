import { cell, code, grid, size } from './markdown.mjs'

const element = (e) => `${e.column ?? `(${e.expression})`}${e.descending ? ' desc' : ''}`

/** Every index and unique key of a table as rows: name, what it is on, what it serves. */
function accessPaths(table) {
  const keys = table.keys.map((k) => ({
    name: k.name,
    what: `${k.primary ? 'primary key' : 'unique'} (${k.on.join(', ')})${k.include.length > 0 ? ` include (${k.include.join(', ')})` : ''}`,
    serves: k.primary ? 'The row by its id, and foreign keys' : k.comment,
  }))
  const indexes = table.indexes.map(({ name, attrs: a, comment }) => ({
    name,
    what: `${a.unique ? 'unique ' : ''}${a.method === 'btree' ? '' : `${a.method} `}(${a.on.map(element).join(', ')})${a.include.length > 0 ? ` include (${a.include.join(', ')})` : ''}${a.where === null ? '' : ` where ${a.where}`}`,
    serves: comment,
  }))
  return [...keys, ...indexes]
}

const milliseconds = (n) => (n < 10 ? n.toFixed(2) : n < 100 ? n.toFixed(1) : String(Math.round(n)))

/** The index and performance guide: what each index is for, what it cost in the bench, and which queries of the bench read it. */
export function indexGuide(tables, results) {
  const measured = new Map(results.indexes.map((i) => [`${i.table}.${i.name}`, i]))
  const readBy = new Map()
  for (const q of results.queries) for (const mode of [...q.modes]) for (const name of mode.indexes ?? []) readBy.set(name, new Set([...(readBy.get(name) ?? []), q.id]))
  const sections = tables.map((t) => {
    const rows = accessPaths(t).map(({ name, what, serves }) => {
      const m = measured.get(`${t.name}.${name}`)
      return [code(name), code(what), cell(serves), m === undefined ? '' : size(m.bytes), [...(readBy.get(name) ?? [])].join(', ')]
    })
    return `### ${t.name}\n\n${grid(['Index', 'On', 'What it is for', 'Size:', 'Read by'], rows)}\n`
  })
  const queries = results.queries.map((q) => [
    q.id,
    cell(q.title),
    code(q.role),
    [...new Set(q.modes.flatMap((m) => m.indexes ?? []))].map(code).join(', '),
    ...['force_custom_plan', 'force_generic_plan'].map((kind) => {
      const m = q.modes.find((x) => x.mode === kind)
      return m === undefined ? '' : milliseconds(m.p95)
    }),
    q.target,
  ])
  return `# Indexes and performance

Made by \`npm run docs\` from the declaration and from the last run of the bench; do not edit. Sizes and times are those of the run in
[benchmarks.md](benchmarks.md): ${results.rows.toLocaleString('en')} transactions of ${results.merchants.toLocaleString('en')} merchants, ${results.date}. The plans are there too.

## How to read and how to write a query here

- **Row security decides which indexes work.** A policy is looked at before any condition that is not leakproof. Comparisons of \`uuid\`,
  \`text\`, \`bigint\`, \`timestamptz\`, \`bytea\` and \`xid8\` are leakproof, and so they are conditions of an index; those of enums and \`numeric\`, \`LIKE\`, and
  operators of \`jsonb\` and arrays are not, and become filters over everything the policy lets through. That is why statuses are text with a
  CHECK, amounts are \`bigint\`, and prefixes are searched with a range.
- **A question about time needs a bound on \`id\`.** The large tables are partitioned by the time inside the id. \`created_at\` alone reads every
  partition; \`id >= app.uuidv7_floor(moment - margin)\` reads those that can hold an answer. Ids that phones make carry the phone's time, up to 30 days
  back and 5 minutes ahead: that is the margin.
- **The context is asked once for a statement.** Policies say \`(select app.current_merchant_id())\`, which is an InitPlan. A bare call would run for every row.
- **Money questions of a whole year** read \`app.merchant_daily_totals\`, not the transactions.
- **Every index below is paid for by every write.** One without a reader in the bench is there for a foreign key, for a page of the app that the
  bench does not ask for, or for an operator; its comment says which. Before adding one, look for one that begins with the same columns.
- **HOT updates**: \`balance_minor\`, \`held_minor\`, \`version\`, \`last_seen_at\` and \`updated_at\` are in no index and in no predicate of one, and their tables keep room in their
  pages (fillfactor), so that such an update touches no index.
- **Statistics**: autovacuum does not analyse a partitioned parent. After a load, and after a month was attached, \`ANALYZE\` the parent.

## Queries

${grid(['Query', 'What', 'Role', 'Indexes in its plans', 'p95 ms, custom plan:', 'p95 ms, generic plan:', 'Target:'], queries)}

## Indexes, table by table

${sections.join('\n')}`
}
