import type { Connection } from '../db/index.ts'
import type { Retired } from '../kinds/partition-calendar.ts'
import { UserError } from '../model/error.ts'
import { idOf } from '../model/object.ts'

/**
 * How far a partition's retirement came. `detaching` is noted before anything is done to it, `detached` when it is a table of its
 * own; with `dropped` it is over. `kept` says that it was found attached again, `gone` that somebody else dropped it.
 */
export type RetirementState = 'detaching' | 'detached' | 'dropped' | 'kept' | 'gone'

/** One partition's retirement. Times are as the server prints them. */
export interface Retirement {
  readonly id: string
  readonly namespace: string
  readonly partition: string
  /** Namespace and name of its table. */
  readonly parent: readonly [string, string]
  readonly bound: string
  readonly state: RetirementState
  readonly rows: number | null
  /** Of the archive's uncompressed bytes; null without an archive. */
  readonly sha256: string | null
  readonly file: string | null
  readonly by: string
  readonly started: string
  readonly finished: string | null
}

const create = `
CREATE SCHEMA IF NOT EXISTS pgintent;
COMMENT ON SCHEMA pgintent IS 'What pgintent applied to this database';
CREATE TABLE IF NOT EXISTS pgintent.retirement (
  id uuid PRIMARY KEY, relation oid NOT NULL, namespace text NOT NULL, partition text NOT NULL, parent_namespace text NOT NULL, parent text NOT NULL,
  bound text NOT NULL, state text NOT NULL CHECK (state IN ('detaching', 'detached', 'dropped', 'kept', 'gone')), rows bigint, sha256 text, file text,
  by_role text NOT NULL DEFAULT current_user, started_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz);
COMMENT ON TABLE pgintent.retirement IS 'Partitions that schema partitions retire detached, archived and dropped'`

/** Makes the table where retirements are noted. Throws UserError when this role may not write to one that is there. */
export async function ensureRetirements(connection: Connection): Promise<void> {
  const [found] = await connection.query<{ there: boolean; may: boolean; creates: boolean; role: string; owner: string; database: string }>(
    `select r is not null as there, current_user as role, current_database() as database, has_database_privilege(current_database(), 'CREATE') as creates,
       coalesce((select pg_get_userbyid(relowner) from pg_class where oid = r), '') as owner,
       coalesce(has_schema_privilege(to_regnamespace('pgintent'), 'USAGE') and (select bool_and(has_table_privilege(r, p)) from unnest('{SELECT,INSERT,UPDATE}'::text[]) p), false) as may
     from to_regclass('pgintent.retirement') r`,
  )
  const { there, may, creates, role, owner, database } = found!
  if (there && !may)
    throw new UserError({
      where: `role ${role}`,
      what: 'it lacks USAGE on schema pgintent or SELECT, INSERT, UPDATE on pgintent.retirement, where retirements are noted',
      todo: `let ${owner} grant them to ${role}, or connect as ${owner}`,
    })
  if (there) return
  if (!creates)
    throw new UserError({
      where: `role ${role}`,
      what: `it lacks CREATE on database ${database}, which the journal of retirements needs`,
      todo: `GRANT CREATE ON DATABASE ${database} TO ${role}`,
    })
  await connection.script(create)
}

/** Whether this role can read the journal of retirements; a role that cannot sees none. */
const readable = `coalesce(has_schema_privilege(to_regnamespace('pgintent'), 'USAGE') and has_table_privilege(to_regclass('pgintent.retirement'), 'SELECT'), false)`

/** What became of a retirement's relation since. A table is known by its oid: another of its name is not it. */
const since = `left join pg_class c on c.oid = r.relation and c.relname = r.partition and c.relnamespace = to_regnamespace(quote_ident(r.namespace))
     left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
     cross join lateral (select case when c.oid is null then 'gone' when i.inhdetachpending then 'pending' when c.relispartition then 'attached' else 'detached' end as now) n`

/** The partitions that are retired or on the way. One round trip where nothing was ever retired. */
export async function retiredPartitions(connection: Connection): Promise<Retired[]> {
  const [may] = await connection.query<{ ok: boolean }>(`select ${readable} as ok`)
  if (!may!.ok) return []
  const rows = await connection.query<{ namespace: string; partition: string; open: boolean }>(
    `select namespace, partition, bool_or(r.state in ('detaching', 'detached') and now in ('pending', 'detached')) as open from pgintent.retirement r ${since}
     where r.state in ('dropped', 'gone') or (r.state <> 'kept' and now <> 'attached') group by 1, 2`,
  )
  return rows.map((r) => ({ id: idOf('table', r.namespace, r.partition), open: r.open }))
}

const columns = `id, namespace, partition, array[parent_namespace, parent] as parent, bound, state, rows, sha256, file, by_role as by,
  started_at::text as started, finished_at::text as finished`

/** Retirements, newest first. */
export async function retirements(connection: Connection, limit: number): Promise<Retirement[]> {
  const [may] = await connection.query<{ ok: boolean }>(`select ${readable} as ok`)
  return may!.ok ? connection.query<Retirement>(`select ${columns} from pgintent.retirement order by id desc limit $1`, [limit]) : []
}

export interface OpenRetirement extends Retirement {
  /** Still a partition, half detached, a table of its own, or not there any more. */
  readonly now: 'attached' | 'pending' | 'detached' | 'gone'
}

/** What earlier runs began and did not finish, oldest first. */
export async function openRetirements(connection: Connection): Promise<OpenRetirement[]> {
  const [may] = await connection.query<{ ok: boolean }>(`select ${readable} as ok`)
  if (!may!.ok) return []
  return connection.query<OpenRetirement>(
    `select ${columns}, now from pgintent.retirement r ${since}
     where r.state in ('detaching', 'detached') order by r.id`,
  )
}

/** Notes that a partition is about to be detached. `relation` is its oid. */
export async function noteRetirement(connection: Connection, id: string, relation: number, path: readonly string[], parent: readonly string[], bound: string): Promise<void> {
  await connection.query(
    `insert into pgintent.retirement (id, relation, namespace, partition, parent_namespace, parent, bound, state) values ($1, $2, $3, $4, $5, $6, $7, 'detaching')`,
    [id, relation, path[0], path[1], parent[0], parent[1], bound],
  )
}

/** What came of an attempt. To be called in the transaction that did it. */
export async function markRetirement(connection: Connection, id: string, state: RetirementState, done: { rows?: number; sha256?: string; file?: string } = {}): Promise<void> {
  await connection.query(
    `update pgintent.retirement set state = $2, rows = coalesce($3, rows), sha256 = coalesce($4, sha256), file = coalesce($5, file),
       finished_at = case when $2 in ('detaching', 'detached') then null else clock_timestamp() end where id = $1`,
    [id, state, done.rows ?? null, done.sha256 ?? null, done.file ?? null],
  )
}
