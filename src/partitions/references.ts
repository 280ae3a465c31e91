import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { ident, qualified } from '../sql/identifier.ts'
import type { LivePartition } from './look.ts'

/** Rows elsewhere that refer to rows of a partition, through one foreign key. */
export interface Referring {
  readonly constraint: string
  readonly table: string
  /** At most `most`. */
  readonly rows: number
}

/** Counting stops here: one is enough to refuse. */
export const most = 1000

interface Key {
  readonly name: string
  readonly table: string[]
  readonly pairs: readonly { readonly column: string; readonly references: string; readonly operator: string }[]
}

/**
 * The foreign keys through which rows still refer to a partition. PostgreSQL asks the same when the partition is detached, but names one key and
 * no number. `except` are oids of tables whose rows do not count, because they go first.
 */
export async function referring(connection: Connection, p: LivePartition, except: readonly number[]): Promise<Referring[]> {
  const keys = await connection.query<Key>(
    `select k.conname as name, array[n.nspname, c.relname]::text[] as table,
       (select json_agg(json_build_object('column', a.attname, 'references', b.attname, 'operator', format('operator(%I.%s)', opn.nspname, o.oprname)) order by u.i)
        from unnest(k.conkey, k.confkey, k.conpfeqop) with ordinality u(own, other, op, i)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.other
        join pg_operator o on o.oid = u.op join pg_namespace opn on opn.oid = o.oprnamespace) as pairs
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and k.confrelid in ($1::oid, $2::oid) order by 2, 1`,
    [p.parentOid, p.oid],
  )
  const out: Referring[] = []
  for (const k of keys) {
    const on = k.pairs.map((x) => `r.${ident(x.references)} ${x.operator} f.${ident(x.column)}`).join(' and ')
    const [found] = await connection
      .query<{ rows: number }>(
        `select count(*) as rows from (select from ${qualified(k.table)} f
         where f.tableoid <> all ($1::oid[]) and exists (select from ${qualified(p.path)} r where ${on}) limit ${most}) x`,
        [[p.oid, ...except]],
      )
      .catch((error: unknown) => Promise.reject(hidden(p, error)))
    if (found!.rows > 0) out.push({ constraint: k.name, table: qualified(k.table), rows: found!.rows })
  }
  return out
}

/** An owner is subject to row security that is forced: PostgreSQL's own check at the detach would not see every row either. */
function hidden(p: LivePartition, error: unknown): unknown {
  if (!(error instanceof DatabaseError) || !/row-level security/.test(error.message)) return error
  const where = `partition ${qualified(p.path)}`
  return new UserError({ where, what: error.message, todo: 'connect as a role with BYPASSRLS, because rows that a policy hides may refer to it' }, { cause: error })
}

export const referringText = (list: readonly Referring[]): string =>
  list.map((r) => `${r.rows === most ? `${most} or more` : r.rows} row${r.rows === 1 ? '' : 's'} of ${r.table} refer${r.rows === 1 ? 's' : ''} to it (${r.constraint})`).join(', ')
