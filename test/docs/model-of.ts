import { connect } from '../../src/db/index.ts'
import { everything, introspect } from '../../src/introspect/index.ts'
import type { Model } from '../../src/model/model.ts'
import { testServer } from '../support/postgres.ts'

/** The states of a new database after each of some SQL. */
export async function modelsOf(...steps: readonly string[]): Promise<Model[]> {
  const connection = await connect(await (await testServer()).freshDatabase())
  try {
    const models: Model[] = []
    for (const sql of steps) {
      await connection.script(sql)
      models.push(await introspect(connection, everything))
    }
    return models
  } finally {
    await connection.close()
  }
}
