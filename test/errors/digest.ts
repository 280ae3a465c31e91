import { connect, type Connection } from '../../src/db/index.ts'
import { everything, introspect } from '../../src/introspect/index.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'

const catalogs = [
  'pg_class', 'pg_attribute', 'pg_attrdef', 'pg_constraint', 'pg_index', 'pg_proc', 'pg_type', 'pg_namespace', 'pg_policy', 'pg_trigger', 'pg_rewrite',
  'pg_description', 'pg_extension', 'pg_sequence', 'pg_default_acl',
] // prettier-ignore

/**
 * A text that is another one as soon as anything was written: every catalog row with the transaction that made it, and every
 * row of every table. With `journal` the tool's own journal is left out, and states are compared instead of transactions.
 */
export async function digest(url: string, journal: boolean): Promise<string> {
  const connection = await connect(url)
  try {
    const state = journal ? fingerprint(await introspect(connection, everything)) : await versions(connection)
    return `${state} ${await rows(connection)}`
  } finally {
    await connection.close()
  }
}

async function versions(connection: Connection): Promise<string> {
  const all = catalogs.map((c) => `select '${c}' as c, md5(string_agg(ctid::text || xmin::text, ',' order by ctid)) as h from pg_catalog.${c}`)
  const found = await connection.query<{ h: string }>(`select md5(string_agg(c || coalesce(h, ''), ',' order by c)) as h from (${all.join(' union all ')}) x`)
  return found[0]!.h
}

async function rows(connection: Connection): Promise<string> {
  const tables = await connection.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgintent') order by 1`,
  )
  const out: string[] = []
  for (const { name } of tables) {
    const [found] = await connection.query<{ h: string | null }>(`select md5(string_agg(t::text, ',' order by t::text)) as h from ${name} t`)
    out.push(`${name} ${found!.h ?? 'empty'}`)
  }
  return out.join(', ')
}
