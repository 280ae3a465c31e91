import * as z from 'zod'
import type { DbObject } from '../model/object.ts'

const id = z.string()
const json: z.ZodType = z.json()
const hazard = z.strictObject({ name: z.string(), sentence: z.string(), destructive: z.boolean(), id })
const position = z.strictObject({ file: z.string(), line: z.number(), column: z.number() })
const step = z.strictObject({
  action: z.enum(['create', 'alter', 'drop', 'rename', 'lend']),
  id,
  carries: z.array(id),
  sql: z.array(z.string()),
  segment: z.number(),
  hazards: z.array(hazard),
  relation: id.nullable(),
  because: id.nullable(),
  attributes: z.array(z.string()),
  at: position.nullable(),
})
const observation = z.strictObject({
  locks: z.array(z.strictObject({ relation: z.string(), mode: z.string() })),
  rewrites: z.array(z.string()),
  scans: z.array(z.string()),
})
const proof = z.strictObject({
  verdict: z.enum(['lossless', 'lossy', 'impossible', 'failed']),
  findings: z.array(z.string()),
  notes: z.array(z.string()),
  server: z.string(),
  observers: z.array(z.string()),
  seeded: z.number(),
  tables: z.number(),
  milliseconds: z.number(),
  forward: z.array(observation.nullable()),
  rollback: z.array(observation.nullable()),
})
const object = z.strictObject({
  id, kind: z.string(), path: z.array(z.string()), parent: id.nullable(), attrs: z.record(z.string(), json), refs: z.array(id),
  facts: z.record(z.string(), json).optional(), at: position.optional(),
}) // prettier-ignore

/** The version of the file format; a plan of another version is refused. */
export const formatVersion = 1

/** Everything that plan.json holds. */
export const planDocument = z.strictObject({
  format: z.literal(formatVersion),
  tool: z.string(),
  id: z.uuid(),
  created: z.string(),
  target: z.strictObject({ database: z.string(), server: z.string(), version: z.number() }),
  scope: z.strictObject({
    namespaces: z.union([z.array(z.string()), z.literal('*')]),
    roles: z.array(z.string()),
    extensions: z.union([z.array(z.string()), z.literal('*')]),
    named: z.array(id).optional(),
  }),
  /** Objects whose owner is compared. */
  kept: z.array(id),
  /** Tables whose partitions follow the calendar, with the declared ones: others are left alone. */
  calendar: z.record(id, z.array(id)),
  /** Raw objects and the SELECT that tells whether each is there. */
  probes: z.array(object),
  /** Fingerprints of the states before and after. */
  source: z.string(),
  desired: z.string(),
  declared: z.strictObject({ tables: z.number(), objects: z.number(), where: z.string() }),
  forward: z.array(step),
  rollback: z.array(step),
  /** Both ends of every object the plan touches. */
  touched: z.array(z.strictObject({ from: object.nullable(), to: object.nullable() })),
  sizes: z.record(id, z.strictObject({ rows: z.number().nullable(), bytes: z.number() })),
  allowed: z.array(z.string()),
  /** What the user who planned it may not do themselves. */
  beyond: z.array(z.string()).default([]),
  proof: proof.nullable(),
  unmanaged: z.array(z.strictObject({ what: z.string(), count: z.number(), names: z.array(z.string()) })),
  /** SHA-256 of everything above: a plan is regenerated, not edited. */
  checksum: z.string(),
})

export type PlanDocument = z.infer<typeof planDocument>
export type DocumentStep = PlanDocument['forward'][number]
export type Touched = { readonly from: DbObject | null; readonly to: DbObject | null }
