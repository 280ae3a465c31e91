import { uuidv7 } from 'uuidv7'
import { markRetirement, noteRetirement } from '../apply/retirements.ts'
import type { Connection } from '../db/index.ts'
import { DatabaseError } from '../db/index.ts'
import { ident, qualified } from '../sql/identifier.ts'
import type { Candidate } from './candidates.ts'
import { patiently, type Patience } from './patience.ts'

/**
 * Takes a partition out of its table, concurrently unless `plain`, and notes it. An interrupted detach is finished. Out: the id of the
 * retirement. Whatever happens in between, the journal and the catalogs together say where it stopped.
 */
export async function detach(connection: Connection, c: Candidate, plain: boolean, patience: Patience): Promise<string> {
  const id = c.retirement ?? uuidv7()
  if (c.live !== null) {
    if (c.retirement === null) await noteRetirement(connection, id, c.live.oid, c.path, c.parent, c.bound)
    await leave(connection, c, plain, patience).catch(async (error: unknown) => {
      // Nothing happened to it: an attempt that leaves it where it was is over.
      if ((await stateOf(connection, c.live!.oid).catch(() => null)) === 'attached') await markRetirement(connection, id, 'kept').catch(() => undefined)
      throw error
    })
  }
  await patiently(patience, () => letGo(connection, c, id))
  return id
}

async function leave(connection: Connection, c: Candidate, plain: boolean, patience: Patience): Promise<void> {
  const alter = `ALTER TABLE ${qualified(c.parent)} DETACH PARTITION ${qualified(c.path)}`
  await patiently(patience, async () => {
    const state = await stateOf(connection, c.live!.oid)
    if (state === 'detached') return
    if (state === 'pending') await connection.script(`${alter} FINALIZE`)
    else await connection.script(plain ? alter : `${alter} CONCURRENTLY`)
  })
}

type State = 'attached' | 'pending' | 'detached'

async function stateOf(connection: Connection, oid: number): Promise<State> {
  const [row] = await connection.query<{ state: State }>(
    `select case when i.inhdetachpending then 'pending' when i.inhrelid is not null then 'attached' else 'detached' end as state
     from (select $1::oid as oid) w left join pg_inherits i on i.inhrelid = w.oid`,
    [oid],
  )
  return row!.state
}

/**
 * A detached partition keeps a foreign key to each partition that it could refer to, which would keep those from being detached. And its owner
 * must see every row of it, which forced row security would hide.
 */
async function letGo(connection: Connection, c: Candidate, id: string): Promise<void> {
  const name = qualified(c.path)
  try {
    await connection.script('BEGIN')
    const keys = await connection.query<{ name: string }>(
      `select k.conname as name from pg_constraint k where k.conrelid = $1::regclass and k.contype = 'f' and k.conparentid = 0 order by 1`,
      [name],
    )
    const drops = keys.map((k) => `ALTER TABLE ${name} DROP CONSTRAINT ${ident(k.name)}`)
    await connection.script([...drops, `ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`].join('; '))
    await markRetirement(connection, id, 'detached')
    await connection.script('COMMIT')
  } catch (error) {
    if (error instanceof DatabaseError) await connection.script('ROLLBACK').catch(() => undefined)
    throw error
  }
}
