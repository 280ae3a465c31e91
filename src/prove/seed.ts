import { DatabaseError, type Connection } from '../db/index.ts'
import type { Model } from '../model/model.ts'
import type { Id } from '../model/object.ts'
import { seedable, type SeedTable } from '../kinds/seed.ts'

/** A digest of each column's values, by name. */
export type Columns = { readonly [column: string]: string }

/** Rows that were put into the shadow's tables, and the tables that would not take any. */
export interface Seeded {
  readonly tables: readonly { readonly id: Id; readonly name: string; readonly rows: number; readonly columns: Columns }[]
  readonly unseeded: readonly { readonly name: string; readonly why: string }[]
}

const rowsPerTable = 3
const attempts = 6

/**
 * Puts a few rows into every table it can, parents before children. Triggers stay quiet, so rows are plain; foreign keys are
 * honoured by taking the parents' values.
 */
export async function seed(connection: Connection, model: Model): Promise<Seeded> {
  const done: { id: Id; name: string }[] = []
  const unseeded: { name: string; why: string }[] = []
  await connection.script(`SET session_replication_role = replica; SET search_path = ''`)
  const always = await alwaysTriggers(connection)
  if (always.length > 0) await connection.script(always.map((t) => `ALTER TABLE ONLY ${t.table} DISABLE TRIGGER ${t.trigger}`).join('; '))
  for (const table of seedable(model)) {
    const why = await fill(connection, table)
    if (why === null) done.push({ id: table.id, name: table.name })
    else unseeded.push({ name: table.name, why })
  }
  if (always.length > 0) await connection.script(always.map((t) => `ALTER TABLE ONLY ${t.table} ENABLE ALWAYS TRIGGER ${t.trigger}`).join('; '))
  await connection.script('RESET session_replication_role')
  const digests = await digest(connection, done.map((t) => t.name)) // prettier-ignore
  return { tables: done.map((t) => ({ ...t, ...digests.get(t.name)! })), unseeded }
}

/** Those that session_replication_role does not keep quiet. Not those of PostgreSQL itself, and each partition's own. */
function alwaysTriggers(connection: Connection): Promise<{ table: string; trigger: string }[]> {
  return connection.query(`
    select tgrelid::regclass::text as table, quote_ident(tgname) as trigger from pg_trigger where tgenabled = 'A' and not tgisinternal order by 1, 2`)
}

async function fill(connection: Connection, table: SeedTable): Promise<string | null> {
  let last = 'no values were found that it takes'
  for (let n = 0; n < attempts; n++) {
    try {
      const inserts = Array.from({ length: rowsPerTable }, (_, row) => table.insert(row, n)).join('; ')
      await connection.script(`BEGIN; ${inserts}; COMMIT`)
      return null
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      await connection.script('ROLLBACK')
      last = error.message
    }
  }
  return last
}

/** Number of rows and a digest of each column, whatever the order of rows and columns. */
export async function digest(connection: Connection, names: readonly string[]): Promise<Map<string, { rows: number; columns: Columns }>> {
  const out = new Map<string, { rows: number; columns: Columns }>()
  if (names.length === 0) return out
  const parts = names.map(
    (n, i) => `select ${i} as i, (select count(*)::int from ${n}) as rows,
    (select coalesce(json_object_agg(key, digest), '{}'::json) from (select e.key, md5(string_agg(e.value::text, '|' order by e.value::text)) as digest from ${n} t, jsonb_each(to_jsonb(t)) e group by e.key) d) as columns`,
  )
  const rows = await connection.script<{ i: number; rows: number; columns: Columns }>(parts.join(' union all '))
  for (const r of rows) out.set(names[r.i]!, { rows: r.rows, columns: r.columns })
  return out
}
