// Times each query as its role, prepared, through both kinds of plan. What is timed is the one statement, from the client that
// sends it to its last row; the transaction and begin_request() around it are not.
import { literal } from './sql.mjs'
import { indexesOf, judge, pruning } from './plans.mjs'

export const modes = ['force_custom_plan', 'force_generic_plan']

/** Opens a session as the query's role with the query prepared. */
async function session(as, query, mode) {
  const connection = await as(query.role ?? 'momo_api')
  await connection.script(`set plan_cache_mode = ${mode}; set timezone = 'UTC'`)
  for (const [name, value] of Object.entries(query.settings ?? {})) await connection.script(`set ${name} = ${value}`)
  const types = query.params.length > 0 ? ` (${query.params.join(', ')})` : ''
  await connection.script(`prepare bench${types} as ${query.sql}`)
  return connection
}

const execute = (query, subject) => {
  const args = query.args(subject).map(literal)
  return args.length > 0 ? `execute bench (${args.join(', ')})` : 'execute bench'
}

function begin(query, subject) {
  if ((query.role ?? 'momo_api') !== 'momo_api') return 'begin'
  const who = query.context === 'user' ? [subject.user] : [subject.owner, subject.merchant]
  return `begin; select api.begin_request(${who.map(literal).join(', ')})`
}

/** One run. A statement that the role's own timeout ends counts with the time it was given. */
async function once(connection, query, subject) {
  await connection.script(begin(query, subject))
  const text = execute(query, subject)
  const start = performance.now()
  const rows = await connection.script(text).catch((error) => {
    if (error.code !== '57014') throw error
    return undefined
  })
  const ms = performance.now() - start
  await connection.script('rollback')
  return { ms, rows: rows?.length ?? 0, largest: subject.k === 1, timedOut: rows === undefined }
}

/**
 * Warm: every subject once untimed, then `rounds` times timed, both kinds of plan in turns so that the machine's moods hit both.
 * Returns for each mode the runs, and what plans say for some subjects, the largest first.
 */
export async function measure(as, query, subjects, rounds, facts) {
  const sessions = await Promise.all(modes.map((mode) => session(as, query, mode)))
  const runs = modes.map(() => [])
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const subject of subjects) {
        for (const [i, connection] of sessions.entries()) {
          const run = await once(connection, query, subject)
          if (round > 0) runs[i].push(run)
        }
      }
    }
    const explained = []
    for (const connection of sessions) explained.push(await explain(connection, query, [subjects[0], ...subjects.slice(1, 4)], facts))
    return modes.map((mode, i) => ({ mode, ...summary(runs[i]), ...explained[i] }))
  } finally {
    await Promise.all(sessions.map((c) => c.close()))
  }
}

/** After a restart: the first execution of all, and then other merchants', each of which still finds little in memory. */
export async function measureCold(as, query, subjects) {
  const connection = await session(as, query, 'auto')
  try {
    const runs = []
    for (const subject of subjects) runs.push(await once(connection, query, subject))
    return { first: runs[0].ms, ...summary(runs.slice(1)), timeouts: runs.filter((r) => r.timedOut).length }
  } finally {
    await connection.close()
  }
}

/** Plans as they were executed. The buffers are those of the largest merchant's; what is wrong is that of any. */
async function explain(connection, query, subjects, facts) {
  const [wrong, notes] = [new Set(), new Set()]
  const out = []
  for (const subject of subjects) {
    await connection.script(begin(query, subject))
    await connection.script('set local statement_timeout = 0')
    const [{ 'QUERY PLAN': json }] = await connection.script(`explain (analyze, buffers, verbose, timing off, format json) ${execute(query, subject)}`)
    const text = out.length > 0 ? [] : await connection.script(`explain (analyze, buffers, costs off, timing off, summary off) ${execute(query, subject)}`)
    await connection.script('rollback')
    const [{ Plan: plan, 'Planning Time': planningMs }] = typeof json === 'string' ? JSON.parse(json) : json
    const judged = judge(plan, query, { ...facts, tenant: (query.role ?? 'momo_api') === 'momo_api' })
    for (const one of judged.wrong) wrong.add(one)
    for (const one of judged.notes) notes.add(one)
    out.push({
      hit: plan['Shared Hit Blocks'],
      read: plan['Shared Read Blocks'],
      planningMs,
      indexes: indexesOf(plan, facts.parents),
      ...pruning(plan, facts.partitions),
      plan: text.map((line) => line['QUERY PLAN']).join('\n'),
    })
  }
  return { ...out[0], indexes: [...new Set(out.flatMap((one) => one.indexes))].sort(), wrong: [...wrong], notes: [...notes] }
}

/** p50, p95 and p99 in milliseconds, by nearest rank. */
export function summary(runs) {
  const ms = runs.map((r) => r.ms)
  const largest = runs.filter((r) => r.largest).map((r) => r.ms)
  const rows = runs.map((r) => r.rows)
  return {
    runs: runs.length,
    timeouts: runs.filter((r) => r.timedOut).length,
    p50: percentile(ms, 50),
    p95: percentile(ms, 95),
    p99: percentile(ms, 99),
    max: Math.max(...ms),
    largestP95: percentile(largest, 95),
    rows: rows.length === 0 ? 0 : Math.max(...rows),
  }
}

export function percentile(list, p) {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * p) / 100) - 1)] ?? 0
}
