import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { session, type Ended } from '../support/command.ts'
import { schema } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'

export const declaration = fileURLToPath(new URL('./declared/shop.ts', import.meta.url))

/** A folder of this test file, gone with it. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pgintent-partitions-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Every command that starts from here on believes that it is this day. */
export function today(day: string): void {
  process.env['PGINTENT_TODAY'] = day
}

/** The declaration applied on a day. */
export async function shop(day: string, major?: Major): Promise<string> {
  const url = await (await testServer(major)).freshDatabase()
  today(day)
  await ok('apply', '--url', url, '--schema', declaration, '--yes')
  return url
}

/** The same in January, with rows: on 18 as well. */
export async function filled(major?: Major): Promise<string> {
  const url = await shop('2026-01-20', major)
  await session(url, (c) => c.script(rows))
  return url
}

/** In January 200 payments; their entries in January, but for 20 in February, as of payments that were pending at the month's end. */
const rows = `
  create function pg_temp.v7(at timestamptz, n int) returns uuid language sql as
    $$ select (lpad(to_hex((extract(epoch from at) * 1000)::int8), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid $$;
  insert into app.payments select pg_temp.v7('2026-01-05Z', n), n, case n % 3 when 0 then E'tab\\tnew\\nline \\\\ \\\\N' when 1 then null else 'é €' end from generate_series(1, 200) n;
  insert into app.payments select pg_temp.v7('2026-02-05Z', n), n, 'February' from generate_series(201, 210) n;
  insert into app."Odd ""entries""" (id, payment_id, "Odd column", raw, exact, at)
    select pg_temp.v7(case when n > 180 then timestamptz '2026-02-01Z' else '2026-01-06Z' end, n), pg_temp.v7('2026-01-05Z', n), '', decode(md5(n::text), 'hex'),
      case n when 1 then 'NaN' when 2 then 'Infinity' else n + 0.1 + 1e-20 end::numeric, case n when 1 then 'infinity' else timestamptz '2026-01-06 01:02:03.000004+02' end from generate_series(1, 200) n;
  insert into app.visits select timestamptz '2026-01-05', 'p' || n from generate_series(1, 5) n`

/** Runs a command that must succeed. */
export async function ok(...args: readonly string[]): Promise<Ended> {
  const ended = await schema(...args)
  if (ended.code !== 0) throw new Error(`schema ${args.join(' ')} ended with ${ended.code}: ${ended.err}${ended.out}`)
  return ended
}

/** The partitions of a table, and what is called like one. */
export const partitions = (url: string, like = '%'): Promise<string[]> =>
  session(url, async (c) =>
    (await c.query<{ name: string }>(`select relname as name from pg_class where relkind = 'r' and relnamespace = 'app'::regnamespace and relname like $1 order by 1`, [like])).map(
      (r) => r.name,
    ),
  )

/** Every row of a table, order-free, as one text. */
export const contents = (url: string, table: string): Promise<string> =>
  session(url, async (c) => (await c.query<{ h: string | null }>(`select count(*) || ' ' || md5(string_agg(t::text, ',' order by t::text)) as h from ${table} t`))[0]!.h ?? 'empty')
