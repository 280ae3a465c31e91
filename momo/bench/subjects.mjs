// On whose behalf the queries are asked: merchants of every size, the largest every fourth time, and rows of theirs.
import { asOf } from './calendar.mjs'

const year = Date.UTC(2026, 0, 1)

/**
 * `count` subjects, the same for the same `seed`. Reads as a superuser. Every subject has a merchant, its owner, and of some
 * moment of the year a transaction, a payer, a reference and an audited row that are really there.
 */
export async function pickSubjects(connection, { count, merchants, seed }) {
  const random = generator(seed)
  const subjects = []
  while (subjects.length < count) {
    const k = subjects.length % 4 === 0 ? 1 : 1 + Math.floor(random() * merchants)
    const moment = year + 40 * 86_400_000 + random() * (Date.parse(asOf) - year - 40 * 86_400_000)
    const [merchant] = await connection.query(
      `select m.k, m.id as merchant, m.owner_id as owner, m.wallet_id as wallet, m.currency, x.timezone, app.uuidv7_floor($2) as cursor, m.devices[1] as "ownersDevice",
              (select id from bench.person where j = 1 + floor($3::float8 * (select count(*) from bench.person))) as "user"
       from bench.merchant m join app.merchants x on x.id = m.id where m.k = $1`,
      // Half of all pages that are asked for are the first one.
      [k, subjects.length % 2 === 0 ? asOf : new Date(moment).toISOString(), random()],
    )
    const row = (what, condition) =>
      connection.query(`select ${what} from app.transactions t where t.merchant_id = $1 and t.id >= app.uuidv7_floor($2) and ${condition} order by t.id limit 1`, [
        merchant.merchant,
        new Date(moment - 36 * 86_400_000).toISOString(),
      ])
    const [[plain], [audited]] = await Promise.all([
      row("t.id as transaction, encode(t.payer_bidx, 'hex') as payer, t.reference", "t.status = 'successful' and t.payer_bidx is not null and t.reference is not null"),
      row('t.id as audited', 'uuid_hash(t.id) & 3 = 0'),
    ])
    // A phone that was last here some time ago, a day as a rule and now and then the whole window.
    const days = subjects.length % 5 === 0 ? 90 : random() * 3
    const [sync] = await connection.query(
      `select sync_xid::text as sync_xid, id as sync_id from app.transactions where merchant_id = $1 and id < app.uuidv7_floor($2) order by id desc limit 1`,
      [merchant.merchant, new Date(Date.parse(asOf) - days * 86_400_000).toISOString()],
    )
    if (!plain || !audited || !sync) continue
    const [reference] = await connection.query('select financial_transaction_id as financial from app.provider_references where transaction_id = $1 and attempt = 1', [
      plain.transaction,
    ])
    subjects.push({ ...merchant, moment, ...plain, payer: `\\x${plain.payer}`, ...audited, ...reference, ...sync })
  }
  return subjects
}

/** A small linear generator: numbers from 0 up to 1, the same for the same seed. */
function generator(seed) {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
