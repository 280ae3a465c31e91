// The report of a run.
import { ceiling } from '../queries.mjs'
import { worst } from './plots.mjs'
import { bytes, count, ms, table, times } from './words.mjs'

/** Markdown; `plots` is the folder of the SVG files, as a link from the report. */
export function report(results, plots) {
  return [
    heading(results),
    verdict(results),
    latency(results, plots),
    pruned(results),
    cold(results),
    writes(results),
    keys(results, plots),
    sizes(results, plots),
    seeded(results),
    plansOf(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

const heading = (r) => `# Benchmarks of the MoMo schema

Made by \`npm run bench:momo -- --rows ${r.rows}${r.seed === 1 ? '' : ` --seed ${r.seed}`}\` on ${r.date}; do not edit. The same figures, with the plans, for programs: \`benchmarks/results.json\`.

${table(
  ['What', 'Value'],
  [
    [
      'Rows',
      `${count(r.rows)} transactions of ${count(r.merchants)} merchants in ${r.partitions} monthly partitions, 12 of them filled; the largest merchant has ${(r.largestShare * 100).toFixed(1)} %`,
    ],
    ['Server', `PostgreSQL ${r.server.version} (${r.server.describe})`],
    [
      'Machine',
      `${r.machine.cores} cores (${r.machine.cpu}), ${count(r.machine.memoryMb)} MB of memory, ${r.machine.system}; ${r.machine.load.toFixed(1)} processes wanted a core when the bench started`,
    ],
    [
      'Settings',
      Object.entries(r.server.settings)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    ],
    ['Seed', `${r.seed}: the same rows every time; queries ask as of ${r.asOf}`],
    [
      'Took',
      Object.entries(r.took)
        .map(([name, s]) => `${name} ${s.toFixed(0)} s`)
        .join(', '),
    ],
  ],
)}

Times are of this machine; what carries over to another are ratios, plans, rows and buffers.`

function verdict(r) {
  const lines = [
    r.failures.length === 0 ? `**Passed**: every p95 is under ${ceiling} ms and every plan is as promised.` : `**Failed**:\n${r.failures.map((f) => `- ${f}`).join('\n')}`,
  ]
  if (r.missed.length > 0) lines.push(`Own targets missed:\n${r.missed.map((m) => `- ${m}`).join('\n')}`)
  if (r.skipped.length > 0) lines.push(`Not measured:\n${r.skipped.map((s) => `- ${s}`).join('\n')}`)
  return lines.join('\n\n')
}

function latency(r, plots) {
  const rows = r.queries
    .filter((q) => q.modes)
    .flatMap((q) =>
      q.modes.map((m, i) => [
        i === 0 ? `${q.id} ${q.title}` : '',
        i === 0 ? q.role : '',
        m.mode.replace(/force_|_plan/g, ''),
        m.runs,
        ms(m.p50),
        ms(m.p95),
        ms(m.p99),
        ms(m.largestP95),
        q.target,
        m.p95 >= ceiling ? '**over the ceiling**' : m.p95 > q.target ? '**missed**' : 'met',
        count(m.rows),
        `${count(m.hit)} / ${count(m.read)}`,
      ]),
    )
  return `## Queries

![Latency of each query](${plots}/latency.svg)

Each query is prepared and runs as its role under row security, through custom and through generic plans in turns, for
${r.subjects} subjects: merchants of every size, the largest every fourth time. Every subject ran once untimed before. Times are
those of the client for the one statement, in milliseconds; \`begin_request()\` and the transaction around it are not in them. Rows
are the most that came back, buffers (hit / read) those of the largest merchant.${settingsOf(r)}

${table(['Query', 'Role', 'Plan', 'Runs', 'p50', 'p95', 'p99', 'p95, largest merchant', 'Target p95', 'Verdict', 'Rows', 'Buffers'], rows, [
  'Runs',
  'p50',
  'p95',
  'p99',
  'p95, largest merchant',
  'Target p95',
  'Rows',
  'Buffers',
])}`
}

const settingsOf = (r) =>
  r.queries
    .filter((q) => q.settings)
    .map(
      (q) =>
        ` ${q.id} runs with ${Object.entries(q.settings)
          .map((pair) => pair.join(' '))
          .join(', ')}, as the function that pages has to.`,
    )
    .join('')

const pruned = (r) => `## Plans

Asserted of every plan, of both kinds and for four merchants: no sequential scan of a partition that has a page; the policy's context as an
InitPlan and nowhere row by row; where it says so, partitions pruned, an index-only scan, and the condition inside the index. A
status that a partial index is about needs no condition at all: that it is not filtered either is what is asserted.
Another index than the one declared for a query is noted: it is chosen where the planner expects a handful of rows.

${table(
  ['Query', 'Plan', 'Indexes', 'Partitions in the plan', 'Removed when it started', 'Planning ms', 'Holds'],
  r.queries
    .filter((q) => q.modes)
    .flatMap((q) =>
      q.modes.map((m, i) => [
        i === 0 ? q.id : '',
        m.mode.replace(/force_|_plan/g, ''),
        m.indexes.join(', '),
        m.scanned === 0 ? '–' : m.scanned,
        m.removed === 0 ? '–' : m.removed,
        ms(m.planningMs),
        [m.wrong.length === 0 ? 'yes' : `**no**: ${m.wrong.join('; ')}`, ...m.notes].join('; '),
      ]),
    ),
  ['Partitions in the plan', 'Removed when it started', 'Planning ms'],
)}`

function cold(r) {
  const rows = r.queries.filter((q) => q.cold)
  if (rows.length === 0) return ''
  return `## After a restart

The server is restarted before each query${r.forgot ? ", and its files are dropped from the operating system's memory" : ' (its files stay in the memory of the operating system)'}. The first execution of all also reads the catalogs;
the next ${rows[0].cold.runs} are other merchants, or other rows of theirs. Milliseconds.

${table(
  ['Query', 'First', 'p50', 'p95', 'Worst'],
  rows.map((q) => [`${q.id} ${q.title}`, ms(q.cold.first), ms(q.cold.p50), ms(q.cold.p95), ms(q.cold.max)]),
  ['First', 'p50', 'p95', 'Worst'],
)}`
}

function writes(r) {
  const w = r.writes
  if (!w) return ''
  return `## Write path

Q15, ${w.clients} clients at once, ${count(w.runs)} sales for merchants of every size: each is submitted as momo_api and settled as momo_worker, two
transactions that wait for the disk. ${count(w.perSecond)} sales a second. Afterwards the ledger was verified again. Milliseconds.

${table(
  ['What', 'p50', 'p95', 'p99', 'Target p95', 'Verdict'],
  [
    ['submit', ms(w.submit.p50), ms(w.submit.p95), ms(w.submit.p99), '', ''],
    ['settle', ms(w.settle.p50), ms(w.settle.p95), ms(w.settle.p99), '', ''],
    ['both', ms(w.p50), ms(w.p95), ms(w.p99), w.target, w.p95 > w.target ? '**missed**' : 'met'],
  ],
  ['p50', 'p95', 'p99', 'Target p95'],
)}`
}

function keys(r, plots) {
  if (!r.keys) return ''
  const [v7] = r.keys.kinds
  const rows = r.keys.kinds.map((k) => [
    k.kind,
    `${count(k.perSecond)} (${times(k.perSecond / v7.perSecond)})`,
    `${bytes(k.wal)} (${times(k.wal / v7.wal)})`,
    `${bytes(k.indexBytes)} (${times(k.indexBytes / v7.indexBytes)})`,
    k.density === undefined ? '' : `${k.density} %`,
    k.rangeIndexBytes === 0 ? 'the primary key' : `created_at, another ${bytes(k.rangeIndexBytes)}`,
    `${ms(k.rangeMs)} (${times(k.rangeMs / v7.rangeMs)})`,
  ])
  const making = Object.entries(r.keys.making).map(([name, us]) => `\`${name}\` ${us.toFixed(2)} µs`)
  return `## UUID v7 against v4 and bigint

![The same rows under three kinds of key](${plots}/keys.svg)

${count(r.keys.rows)} rows for each kind, inserted in order of time in ${r.keys.rounds} rounds with the kinds in turns and a checkpoint before each, from keys made
beforehand. What a key costs to make (the call of the server): ${making.join(', ')}. A table has a primary key and nothing else while it
grows; then the hour is read, ${count(v7.rangeRows)} rows, by id where ids are ordered by time, else by an index on \`created_at\` that is made for it.

${table(['Key', 'Rows a second', 'WAL', 'Primary key', 'Leaves filled', 'The hour is read by', 'ms for an hour'], rows, ['Rows a second', 'WAL', 'Primary key', 'Leaves filled', 'ms for an hour'])}`
}

function sizes(r, plots) {
  const unused = r.indexes.filter((i) => i.scans === 0)
  return `## Sizes

![The largest indexes](${plots}/index-sizes.svg)

${table(
  ['Table', 'Partitions', 'Rows', 'Table size', 'Indexes', 'Indexes to table'],
  r.tables.filter((t) => t.bytes > 65536).map((t) => [t.name, t.parts > 1 ? t.parts : '', count(t.rows), bytes(t.bytes), bytes(t.index_bytes), times(t.index_bytes / t.bytes)]),
  ['Partitions', 'Rows', 'Table size', 'Indexes', 'Indexes to table'],
)}

${table(
  ['Index', 'Table', 'Size', 'Scans in this run', 'What it is for'],
  r.indexes.map((i) => [i.name, i.table, bytes(i.bytes), count(i.scans), i.comment ?? (i.primary ? 'primary key' : i.unique ? 'unique' : '')]),
  ['Size', 'Scans in this run'],
)}

No query of this run read ${unused.length === 0 ? 'none of them in vain: all were used' : `${unused.map((i) => i.name).join(', ')}`}. Some of these keep a promise rather than serve a query (primary keys, uniqueness, foreign keys when a parent is
deleted), others serve the back office, which this bench does not play.`
}

const seeded = (r) => `## How the rows were made

Server-side with \`INSERT … SELECT\` on two connections, a month at a time into its partition, as a superuser with
\`session_replication_role = replica\`: triggers and foreign keys did not run. What they would have seen to was then checked, and holds:

${r.checks.map((c) => `- ${c}`).join('\n')}

${table(
  ['Part', 'Seconds'],
  Object.entries(r.seedTook).map(([name, s]) => [name, s.toFixed(1)]),
  ['Seconds'],
)}`

const plansOf = (r) => `## Plans of the largest merchant

${r.queries
  .filter((q) => q.modes)
  .map(
    (q) =>
      `<details><summary>${q.id} ${q.title}: generic plan, p95 ${ms(worst(q, 'p95'))} ms</summary>\n\n\`\`\`sql\n${q.sql}\n\`\`\`\n\n\`\`\`\n${q.modes.at(-1).plan}\n\`\`\`\n\n</details>`,
  )
  .join('\n\n')}`
