// Fills an empty MoMo database, server-side and month by month on two connections. It runs as a superuser with triggers and
// foreign keys off, those that are ENABLE ALWAYS too, so that rows of a year can be written in minutes; what those would have seen
// to is checked afterwards.
import { months } from '../calendar.mjs'
import { accountsSql, entriesSql, turnoverSql, turnoverTable } from './ledger.mjs'
import { customersSql, peopleSql } from './people.mjs'
import { randomSql } from './random.mjs'
import { auditSql, historySql, keysSql, referencesSql } from './trails.mjs'
import { transactionsSql } from './transactions.mjs'
import { verify } from './verify.mjs'

export { verifyLedger } from './verify.mjs'

/** Tables by month, and whether PostgreSQL must be told about them apart: it never analyses a partitioned parent by itself. */
export const partitioned = ['app.transactions', 'app.ledger_entries', 'app.transaction_status_history', 'audit.audit_log']

/**
 * `open()` gives a superuser's connection to the database. Returns how long each part took in seconds and what was verified.
 * Throws when the rows do not keep the invariants of the schema.
 */
export async function seedRows({ open, rows, merchants, seed, print, workers = 2 }) {
  const year = months(rows)
  const facts = { rows, merchants, seed, startUs: year[0].startUs }
  const connections = await Promise.all(Array.from({ length: workers }, () => open()))
  const [first] = connections
  const took = {}
  const part = async (name, work) => {
    const start = performance.now()
    const result = await work()
    took[name] = (performance.now() - start) / 1000
    print(`  seeded ${name.padEnd(34)} ${took[name].toFixed(1).padStart(7)} s`)
    return result
  }
  const each = (jobs) => inParallel(connections, jobs)
  try {
    for (const connection of connections)
      await connection.script("set session_replication_role = replica; set work_mem = '256MB'; set timezone = 'UTC'; set jit = off; set synchronous_commit = off")
    const silenced = await silence(first)
    const xids = await part('people and merchants', async () => {
      await first.script(randomSql(seed))
      await first.script(peopleSql(facts))
      await first.script(customersSql(facts))
      await first.script(turnoverTable)
      return transactionIds(first, Math.min(1_000_000, Math.max(10_000, Math.floor(rows / 10))))
    })
    await part('transactions', () => each(year.map((m) => (c) => monthOfTransactions(c, facts, m, xids))))
    await part('accounts', () => first.script(accountsSql(facts)))
    await part('ledger entries', () => each(year.map((m) => (c) => c.script(entriesSql(m)))))
    await part('history, audit, keys, references', () =>
      each(year.flatMap((m) => [(c) => c.script(historySql(m)), (c) => c.script(auditSql(m)), (c) => c.script(keysSql(m)), (c) => c.script(referencesSql(m))])),
    )
    for (const { table, trigger } of silenced) await first.script(`alter table ${table} enable always trigger ${trigger}`)
    await part('vacuum and analyze', () => vacuum(first, each))
    const checks = await part('verified', () => verify({ connection: first, each, year }))
    return { took, checks }
  } finally {
    await Promise.all(connections.map((c) => c.close()))
  }
}

/** Turns triggers off that session_replication_role does not: they would audit every row, as of today. Returns them. */
async function silence(connection) {
  const always = await connection.query(`
    select tgrelid::regclass::text as table, quote_ident(tgname) as trigger from pg_trigger
    where tgenabled = 'A' and tgparentid = 0 and not tgisinternal order by 1, 2`)
  for (const { table, trigger } of always) await connection.script(`alter table ${table} disable trigger ${trigger}`)
  return always
}

async function monthOfTransactions(connection, facts, month, xids) {
  await connection.script(transactionsSql(facts, month, xids))
  // Without statistics the joins of what follows would be loops over all merchants for each row.
  await connection.script(`analyze app.transactions_${month.suffix}`)
  await connection.script(turnoverSql(month))
}

/** Uses up transaction numbers, so that rows can say that they were written by many; returns the first and the last. */
async function transactionIds(connection, count) {
  const [{ first }] = await connection.query('select pg_current_xact_id()::text::bigint as first')
  await connection.script(`do $$ begin for i in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`)
  const [{ last }] = await connection.query('select pg_current_xact_id()::text::bigint as last')
  return { first, last }
}

/** The visibility map for index-only scans, and statistics, those of partitioned parents included. */
async function vacuum(connection, each) {
  const leaves = await connection.query(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('app', 'audit') and c.relkind = 'r' and pg_relation_size(c.oid) > 0 order by c.relpages desc, 1`)
  await each(
    leaves.map(
      ({ name }) =>
        (c) =>
          c.script(`vacuum (analyze) ${name}`),
    ),
  )
  await each(partitioned.map((name) => (c) => c.script(`analyze ${name}`)))
  await connection.script('checkpoint')
}

/** Runs jobs on whichever connection is free. The first failure ends them all. */
async function inParallel(connections, jobs) {
  const waiting = [...jobs]
  await Promise.all(
    connections.map(async (connection) => {
      for (let job = waiting.shift(); job; job = waiting.shift()) await job(connection)
    }),
  )
}
