import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { compare } from '../../../src/cli/pipeline.ts'
import { ShadowSession } from '../../../src/cli/shadow-session.ts'
import { connect, withDatabase } from '../../../src/db/index.ts'
import { loadConfig } from '../../../src/declare/index.ts'
import { planSteps } from '../../../src/plan/plan.ts'
import { sessionSettings } from '../../../src/plan/script.ts'
import { testServer } from '../../support/postgres.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const quiet = { say: () => undefined, stop: () => undefined }

/** On `globalThis`, because the test runner evaluates modules anew for every file of a worker. */
const held = globalThis as { pgintentMomoTemplate?: Promise<string> }

/**
 * A new database with the declared MoMo schema and no rows. The schema is applied once for a worker process, without a proof,
 * which takes some seconds; the databases are copies. Out: a superuser's URL.
 */
export async function momoDatabase(): Promise<string> {
  const server = await testServer()
  held.pgintentMomoTemplate ??= makeTemplate()
  const template = await held.pgintentMomoTemplate
  const name = `momo_${randomBytes(6).toString('hex')}`
  const connection = await connect(server.url)
  try {
    await connection.query(`create database ${name} template ${template}`)
  } finally {
    await connection.close()
  }
  return withDatabase(server.url, name)
}

async function makeTemplate(): Promise<string> {
  const url = await (await testServer()).freshDatabase()
  const shadow = new ShadowSession((await testServer()).url)
  const config = await loadConfig(`${root}/schema.config.ts`, root)
  const connection = await connect(url)
  try {
    const { current, desired } = await compare({ config, url, schema: config.schemaDir, progress: quiet }, shadow)
    await connection.script([...sessionSettings, 'BEGIN', ...planSteps(current, desired).flatMap((s) => s.sql), 'COMMIT', 'RESET ALL'].join(';\n'))
  } finally {
    await connection.close()
    await shadow.close()
  }
  return new URL(url).pathname.slice(1)
}
