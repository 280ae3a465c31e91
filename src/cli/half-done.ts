import { hasJournal, planOf, unfinished } from '../apply/journal.ts'
import { connect } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import type { PlanDocument } from '../plan/document.ts'

/** The plan whose run stopped half way on this database. Throws UserError when there is none. */
export async function halfDone(url: string, direction: 'forward' | 'rollback'): Promise<PlanDocument> {
  const connection = await connect(url, { applicationName: 'pgintent', minimumVersion: 15 })
  try {
    const run = (await hasJournal(connection)) ? await unfinished(connection) : null
    if (run === null || run.done === 0 || run.direction !== direction)
      throw new UserError({ where: 'apply', what: 'no run stopped half way on this database', todo: 'see `schema status`' })
    return await planOf(connection, run.id)
  } finally {
    await connection.close()
  }
}
