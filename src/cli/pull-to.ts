import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { connect } from '../db/index.ts'
import { everything, introspect } from '../introspect/index.ts'
import { kindNamed } from '../kinds/index.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'
import { writeDeclaration } from '../pull/index.ts'
import { writeInto } from './files.ts'

/** Writes everything a database holds as a declaration into a folder. */
export async function pullTo(url: string, folder: string): Promise<{ files: string[]; model: Model }> {
  const connection = await connect(url, { applicationName: 'pgintent pull', minimumVersion: 15 })
  try {
    const roles = await connection.query<{ name: string }>(`select rolname as name from pg_roles where rolname !~ '^pg_' and oid <> 10 and rolname <> current_user`)
    const model = spokenOf(await introspect(connection, { ...everything, roles: roles.map((r) => r.name) }))
    const files = writeDeclaration(model, {})
    rmSync(join(folder, 'schema'), { recursive: true, force: true })
    for (const [name, text] of files) writeInto(folder, name, text)
    return { files: [...files.keys()], model }
  } finally {
    await connection.close()
  }
}

/** Without the roles that nothing in this database mentions: a server's other databases have theirs. */
function spokenOf(model: Model): Model {
  const spoken = new Set([...model.objects.values()].filter((o) => !clusterWide(o)).flatMap((o) => o.refs))
  return modelOf([...model.objects.values()].filter((o) => !clusterWide(o) || concerned(o).every((id) => spoken.has(id))), model.version, model.unmanaged) // prettier-ignore
}

const clusterWide = (o: DbObject): boolean => kindNamed(o.kind).clusterWide === true || (o.parent !== null && o.parent.startsWith('role:'))
const concerned = (o: DbObject): readonly string[] => (o.id.startsWith('role:') ? [o.id] : o.refs)
