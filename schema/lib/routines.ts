import { fn, type FunctionSpec, type NamespaceLike, type Routine } from 'pgintent'

/** A function that PUBLIC may not execute; who may is said by `grants`. */
export function internal(namespace: NamespaceLike, name: string, spec: FunctionSpec): Routine {
  return fn(namespace, name, { ...spec, revokePublic: true })
}

/** A function that runs with its owner's rights. Its names mean the same whoever calls it. */
export function definer(namespace: NamespaceLike, name: string, spec: FunctionSpec): Routine {
  return internal(namespace, name, { ...spec, securityDefiner: true, settings: { ...spec.settings, search_path: ['pg_catalog', 'pg_temp'] } })
}

/**
 * For functions on the way of every payment, whose statements find rows by a key: one plan for all of them. PostgreSQL would plan
 * anew each time, as it takes a plan over all months for a dearer one, and that was a fifth of what a sale costs (Q15 of the bench).
 */
export const plannedOnce = { plan_cache_mode: 'force_generic_plan' } as const
