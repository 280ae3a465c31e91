// Q15: what a sale costs. Clients submit a collection as momo_api and settle it as momo_worker, which is what the provider's
// callback does; each of the two is one transaction of the database.
import { randomUUID } from 'node:crypto'
import { summary } from './measure.mjs'
import { literal } from './sql.mjs'

export const writePath = { id: 'Q15', title: 'submit and settle', target: 100, clients: 16 }

/** Why the write path cannot be measured here, or undefined when it can. */
export async function writePathMissing(connection) {
  const [{ submit, settle, partition }] = await connection.query(`
    select exists (select from pg_proc where oid::regproc::text = 'api.submit_transaction') as submit,
           exists (select from pg_proc where oid::regproc::text = 'api.settle_transaction') as settle,
           to_regclass('app.transactions_' || to_char(now() at time zone 'UTC', 'YYYY_MM')) is not null as partition`)
  if (!submit || !settle) return `${submit ? 'api.settle_transaction' : 'api.submit_transaction'} is not there yet`
  return partition ? undefined : 'there is no partition for this month'
}

/** Runs `trips` round trips over all clients. Returns the percentiles of both halves and of the whole, and trips per second. */
export async function measureWrites(as, subjects, trips) {
  const clients = await Promise.all(Array.from({ length: writePath.clients }, async () => ({ api: await as('momo_api'), worker: await as('momo_worker') })))
  const [submits, settles, both] = [[], [], []]
  let left = trips
  try {
    const start = performance.now()
    await Promise.all(
      clients.map(async ({ api, worker }, i) => {
        for (let n = i; left > 0; n += clients.length) {
          left -= 1
          const subject = subjects[n % subjects.length]
          const begun = performance.now()
          const { x_reference_id: reference } = await submit(api, subject)
          const between = performance.now()
          await settle(worker, reference)
          const end = performance.now()
          for (const [list, ms] of [[submits, between - begun], [settles, end - between], [both, end - begun]]) list.push({ ms, rows: 1, largest: subject.k === 1 }) // prettier-ignore
        }
      }),
    )
    const seconds = (performance.now() - start) / 1000
    return { ...summary(both), submit: summary(submits), settle: summary(settles), perSecond: both.length / seconds, clients: clients.length }
  } finally {
    await Promise.all(clients.flatMap(({ api, worker }) => [api.close(), worker.close()]))
  }
}

async function submit(connection, subject) {
  await connection.script(`begin; select api.begin_request(${[subject.owner, subject.merchant, subject.ownersDevice].map(literal).join(', ')})`)
  const [{ answer }] = await connection.script(
    `select api.submit_transaction(id => app.uuidv7(), idempotency_key => ${literal(randomUUID())}, type => 'collection', amount_minor => 1500, currency => ${literal(subject.currency)}) as answer`,
  )
  await connection.script('commit')
  return typeof answer === 'string' ? JSON.parse(answer) : answer
}

async function settle(connection, reference) {
  await connection.script(`
    begin;
    select api.settle_transaction(provider => 'mtn_momo', environment => 'sandbox', x_reference_id => ${literal(reference)}, status => 'SUCCESSFUL',
                                  financial_transaction_id => ${literal(randomUUID())});
    commit`)
}
