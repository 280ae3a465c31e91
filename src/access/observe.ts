import type { Connection } from '../db/index.ts'
import { operations, type Operation } from '../words/access-registry.ts'
import type { FreshRow } from './fresh.ts'
import type { Grants } from './privileges.ts'
import type { Relation } from './relation.ts'
import { begin, type Actor } from './session.ts'
import { tryOperation, type Observed } from './try-operation.ts'

export type ByOperation = { readonly [operation in Operation]: Observed }

/** A relation with what trying it needs. */
export interface Target {
  readonly relation: Relation
  readonly fresh: readonly FreshRow[]
}

/** Tries every operation of one actor on every relation, in one transaction that is undone. Out: by the relation's name. */
export async function observe(
  connection: Connection,
  actor: Actor,
  targets: readonly Target[],
  grants: (relation: Relation) => Grants,
): Promise<{ observed: Map<string, ByOperation>; tried: number }> {
  const observed = new Map<string, ByOperation>()
  const trial = await begin(connection, actor)
  const before = connection.roundTrips
  try {
    for (const { relation, fresh } of targets) {
      const of: Partial<Record<Operation, Observed>> = {}
      for (const operation of operations) of[operation] = await tryOperation(operation, { trial, relation, grants: grants(relation), fresh })
      observed.set(relation.name, of as ByOperation)
    }
    return { observed, tried: connection.roundTrips - before }
  } finally {
    await trial.end()
  }
}
