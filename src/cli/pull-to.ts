import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { connect } from '../db/index.ts'
import { everything, introspect } from '../introspect/index.ts'
import type { Model } from '../model/model.ts'
import { writeDeclaration } from '../pull/index.ts'
import { writeInto } from './files.ts'

/** Writes everything a database holds as a declaration into a folder. */
export async function pullTo(url: string, folder: string): Promise<{ files: string[]; model: Model }> {
  const connection = await connect(url, { applicationName: 'pgintent pull', minimumVersion: 15 })
  try {
    const roles = await connection.query<{ name: string }>(`select rolname as name from pg_roles where rolname !~ '^pg_' and oid <> 10 and rolname <> current_user`)
    const model = await introspect(connection, { ...everything, roles: roles.map((r) => r.name) })
    const files = writeDeclaration(model, {})
    rmSync(join(folder, 'schema'), { recursive: true, force: true })
    for (const [name, text] of files) writeInto(folder, name, text)
    return { files: [...files.keys()], model }
  } finally {
    await connection.close()
  }
}
