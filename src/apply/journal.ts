import type { Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import type { PlanDocument } from '../plan/document.ts'

/** One run of a plan against this database. */
export interface Run {
  readonly id: string
  readonly planId: string
  readonly direction: 'forward' | 'rollback'
  readonly state: 'running' | 'done' | 'failed' | 'abandoned'
  readonly by: string
  readonly started: string
  readonly finished: string | null
  readonly steps: number
  readonly done: number
  readonly error: string | null
}

const create = `
CREATE SCHEMA IF NOT EXISTS pgintent;
CREATE TABLE IF NOT EXISTS pgintent.run (
  id uuid PRIMARY KEY, plan_id uuid NOT NULL, direction text NOT NULL, state text NOT NULL, by_role text NOT NULL DEFAULT current_user,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz, steps int NOT NULL, error text, plan jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS pgintent.step (
  run_id uuid NOT NULL REFERENCES pgintent.run, n int NOT NULL, id text NOT NULL, finished_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (run_id, n));
COMMENT ON SCHEMA pgintent IS 'What pgintent applied to this database'`

/** Whether this database was ever applied to. Throws UserError when the journal is there and this role may not use it. */
export async function hasJournal(connection: Connection, use: 'read' | 'write' = 'read'): Promise<boolean> {
  const needed = use === 'read' ? ['SELECT'] : ['SELECT', 'INSERT', 'UPDATE']
  const rows = await connection.query<{ ok: boolean; role: string; owner: string }>(
    `select current_user as role, pg_get_userbyid(min(c.relowner)) as owner,
       bool_and(has_schema_privilege(n.oid, 'USAGE') and (select bool_and(has_table_privilege(c.oid, p)) from unnest($1::text[]) p)) as ok
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'pgintent' and c.relname in ('run', 'step') having count(*) > 0`,
    [needed],
  )
  const [r] = rows
  if (r !== undefined && !r.ok)
    throw new UserError({
      where: `role ${r.role}`,
      what: `it lacks USAGE on schema pgintent or ${needed.join(', ')} on its tables run and step, the journal of what was applied`,
      todo: `let ${r.owner} grant them to ${r.role}, or connect as ${r.owner}`,
    })
  return r !== undefined
}

export async function ensureJournal(connection: Connection): Promise<void> {
  if (!(await hasJournal(connection, 'write'))) await connection.script(create)
}

const columns = `r.id, r.plan_id as "planId", r.direction, r.state, r.by_role as by, r.started_at::text as started, r.finished_at::text as finished, r.steps,
  (select count(*)::int from pgintent.step s where s.run_id = r.id) as done, r.error`

/** The runs of this database, newest first. */
export async function runs(connection: Connection, limit = 20): Promise<Run[]> {
  return (await hasJournal(connection)) ? connection.query<Run>(`select ${columns} from pgintent.run r order by r.id desc limit $1`, [limit]) : []
}

/** The last run that began and neither finished nor was given up. */
export async function unfinished(connection: Connection): Promise<Run | null> {
  const rows = await connection.query<Run>(`select ${columns} from pgintent.run r where r.state in ('running', 'failed') order by r.id desc limit 1`)
  return rows[0] ?? null
}

/** The last plan that was applied and not rolled back. */
export async function lastApplied(connection: Connection): Promise<PlanDocument | null> {
  const rows = await connection.query<{ plan: PlanDocument }>(`select r.plan from pgintent.run r where r.direction = 'forward' and r.state = 'done'
    and not exists (select from pgintent.run b where b.plan_id = r.plan_id and b.direction = 'rollback' and b.state = 'done' and b.id > r.id) order by r.id desc limit 1`)
  return rows[0]?.plan ?? null
}

export async function planOf(connection: Connection, run: string): Promise<PlanDocument> {
  const rows = await connection.query<{ plan: PlanDocument }>('select plan from pgintent.run where id = $1', [run])
  return rows[0]!.plan
}

export async function startRun(connection: Connection, id: string, plan: PlanDocument, direction: Run['direction'], steps: number): Promise<void> {
  await connection.query(`insert into pgintent.run (id, plan_id, direction, state, steps, plan) values ($1, $2, $3, 'running', $4, $5::jsonb)`, [
    id,
    plan.id,
    direction,
    steps,
    JSON.stringify(plan),
  ])
}

export async function markRun(connection: Connection, id: string, state: Run['state'], error: string | null = null): Promise<void> {
  await connection.query(`update pgintent.run set state = $2, error = $3, finished_at = case when $2 = 'running' then null else clock_timestamp() end where id = $1`, [
    id,
    state,
    error,
  ])
}

/** SQL that notes a step, for the step's own transaction: it is noted exactly when it is committed. */
export function stepNote(run: string, n: number, id: string): string {
  return `INSERT INTO pgintent.step (run_id, n, id) VALUES ('${run}', ${n}, '${id.replaceAll("'", "''")}')`
}
