import type { Connection } from '../db/index.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'

/** A model with those raw objects whose own SELECT says that they are there. Read-only; one round trip for all. */
export async function withProbes(connection: Connection, model: Model, probes: readonly DbObject[]): Promise<Model> {
  if (probes.length === 0) return model
  const parts = probes.map((p, i) => `select ${i} as i, (${String(p.attrs['exists'])})::boolean as found`)
  const rows = await connection.script<{ i: number; found: boolean | null }>(`BEGIN READ ONLY; ${parts.join(' union all ')}`)
  await connection.script('COMMIT')
  const present = rows.filter((r) => r.found === true).map((r) => probes[r.i]!)
  return modelOf([...model.objects.values(), ...present], model.version, model.unmanaged)
}
