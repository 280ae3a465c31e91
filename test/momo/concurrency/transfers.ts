import type { Connection } from '../../../src/db/index.ts'
import { asRole, type World } from '../support/world.ts'

/**
 * No function of the schema moves money between any two accounts: this one is made in the test's database alone. It belongs to
 * momo_ledger as its others do, and posts through app.post_journal().
 */
export async function makeTransfer(admin: Connection): Promise<void> {
  await admin.script(`
    create or replace function app.test_transfer(giver uuid, taker uuid, amount bigint) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare t uuid := app.uuidv7(); m uuid; c text;
    begin
      select coalesce(a.merchant_id, b.merchant_id), a.currency into m, c from app.accounts a, app.accounts b where a.id = giver and b.id = taker;
      insert into app.transactions (id, merchant_id, type, status, direction, amount_minor, currency, completed_at) values (t, m, 'adjustment', 'successful', 'out', amount, c, now());
      perform app.post_journal(t, array[row(giver, amount)::app.leg, row(taker, -amount)::app.leg]);
    end $$;
    alter function app.test_transfer(uuid, uuid, bigint) owner to momo_ledger;
    revoke execute on function app.test_transfer(uuid, uuid, bigint) from public;
    grant execute on function app.test_transfer(uuid, uuid, bigint) to momo_api`)
}

/** Debits the giver and credits the taker, as the API's role. */
export const transfer = (c: Connection, giver: string, taker: string, amount: number, isolation?: string): Promise<unknown> =>
  asRole(c, 'momo_api', () => c.query('select app.test_transfer($1, $2, $3)', [giver, taker, amount]), isolation)

export async function float(admin: Connection, currency = 'UGX'): Promise<string> {
  const [row] = await admin.query<{ id: string }>(`select id from app.accounts where kind = 'provider_float' and currency = $1 and shard = 0`, [currency])
  return row!.id
}

let shards = 100

/** As many accounts of one merchant, each with so much, put there by journals. */
export async function fundedAccounts({ admin, kampala }: World, count: number, amount: number): Promise<string[]> {
  const first = shards
  shards += count
  const rows = await admin.query<{ id: string }>(
    `insert into app.accounts (merchant_id, kind, currency, normal_side, shard) select $1, 'merchant_wallet', 'UGX', 'credit', $2 + n from generate_series(0, $3 - 1) n returning id`,
    [kampala.id, first, count],
  )
  const ids = rows.map((r) => r.id)
  const from = await float(admin)
  if (amount > 0) await asRole(admin, 'momo_api', (c) => c.query('select app.test_transfer($1, a, $3) from unnest($2::uuid[]) a', [from, ids, amount]))
  return ids
}

export async function balances(admin: Connection, ids: readonly string[]): Promise<{ balance: number; held: number }[]> {
  return admin.query('select balance_minor::int as balance, held_minor::int as held from app.accounts where id = any ($1::uuid[])', [ids])
}
