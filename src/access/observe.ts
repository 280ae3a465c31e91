import type { Connection } from '../db/index.ts'
import { operations, type Operation } from '../words/access-registry.ts'
import type { AccessDeclaration } from '../declare/index.ts'
import type { Model } from '../model/model.ts'
import type { Finding } from '../report/index.ts'
import type { FreshRow } from './fresh.ts'
import { tryHidden } from './hidden.ts'
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

interface Observation {
  /** By the relation's name. */
  readonly observed: ReadonlyMap<string, ByOperation>
  /** Columns that were read and are hidden. */
  readonly findings: readonly Finding[]
  /** Round trips, each of which tried a statement. */
  readonly tried: number
}

/** Tries every operation of one actor on every relation, in one transaction that is undone, and to read what is hidden. */
export async function observe(
  connection: Connection,
  actor: Actor,
  targets: readonly Target[],
  grants: (relation: Relation) => Grants,
  hidden: { readonly rules: AccessDeclaration['hidden']; readonly model: Model },
): Promise<Observation> {
  const observed = new Map<string, ByOperation>()
  const findings: Finding[] = []
  const trial = await begin(connection, actor)
  const before = connection.roundTrips
  try {
    for (const { relation, fresh } of targets) {
      const of: Partial<Record<Operation, Observed>> = {}
      for (const operation of operations) of[operation] = await tryOperation(operation, { trial, relation, grants: grants(relation), fresh })
      observed.set(relation.name, of as ByOperation)
      if (!of.select!.denied) findings.push(...(await tryHidden(trial, relation, actor, hidden.rules, hidden.model)))
    }
    return { observed, findings, tried: connection.roundTrips - before }
  } finally {
    await trial.end()
  }
}
