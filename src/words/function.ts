import type { FunctionAttrs } from '../kinds/function/index.ts'
import { idOf } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'
import { resolveArguments, resolveReturns, type Arguments, type Returns } from './arguments.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import { addGrants, type Grant } from './grants.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import type { Named, Ref } from './ref.ts'
import { add } from './registry.ts'
import { publicRole, type RoleLike } from './role.ts'
import { settingsOf, type Settings } from './settings.ts'
import { callSite, type Site } from './site.ts'
import { sql, SqlText, type Interpolated } from './sql.ts'

export interface RoutineTraits {
  readonly args?: Arguments
  /** `sql` when left out. */
  readonly language?: string
  /** The text between the dollar quotes. */
  readonly body?: SqlText | string
  /** A body that the server parses when it is made: `RETURN …` or `BEGIN ATOMIC … END`. */
  readonly sqlBody?: SqlText
  readonly securityDefiner?: boolean
  readonly settings?: Settings
  /** The object file of a C function. */
  readonly library?: string
  readonly owner?: RoleLike
  readonly comment?: string
  readonly grants?: readonly Grant[]
  /** Takes EXECUTE from everyone who is not granted it. */
  readonly revokePublic?: boolean
}

export interface FunctionSpec extends RoutineTraits {
  /** A type, `'trigger'`, `'void'`, setOf(…) or { table: … }; left out when OUT arguments say it. */
  readonly returns?: Returns
  readonly volatility?: FunctionAttrs['volatility']
  readonly parallel?: FunctionAttrs['parallel']
  readonly strict?: boolean
  readonly leakproof?: boolean
  readonly cost?: number
  readonly rows?: number
  readonly support?: string
  readonly window?: boolean
}

/** A declared function: call it in SQL with `f(…)` or interpolate it as `${f}(…)`. */
export type Routine = ((...args: readonly Interpolated[]) => SqlText) & Named

function bodyOf(spec: RoutineTraits, subject: string): { text: string; refs: readonly string[]; parsed: boolean } {
  const given = spec.sqlBody ?? spec.body
  if (given === undefined) fail(subject, 'it has no body', 'give body: `…` or sqlBody: sql`RETURN …`')
  const { text, refs } = typeof given === 'string' ? { text: given, refs: [] } : given
  return { text, refs, parsed: spec.sqlBody !== undefined }
}

function addRoutine(namespace: NamespaceLike, name: string, spec: FunctionSpec, routine: FunctionAttrs['routine'], site: Site): Routine {
  const subject = `${routine} ${name}`
  const args = resolveArguments(spec.args, routine === 'procedure', subject)
  const body = bodyOf(spec, subject)
  const returns = spec.returns === undefined ? null : resolveReturns(spec.returns)
  if (routine !== 'procedure' && returns === null && args.result === null) fail(subject, 'it does not say what it returns', "give returns: a type, 'void' or 'trigger'")
  const path = [namespaceName(namespace, site), checkedName(name, subject), args.types]
  const language = spec.language ?? 'sql'
  const usualCost = language === 'c' || language === 'internal' ? 1 : 100
  const attrs: FunctionAttrs = {
    routine, arguments: args.text, returns: routine === 'procedure' ? null : (returns?.text ?? args.result), language, body: body.text, parsed: body.parsed,
    library: spec.library ?? null, volatility: spec.volatility ?? 'volatile', parallel: spec.parallel ?? 'unsafe', strict: spec.strict ?? false,
    securityDefiner: spec.securityDefiner ?? false, leakproof: spec.leakproof ?? false, cost: spec.cost === usualCost ? null : (spec.cost ?? null),
    rows: spec.rows === 1000 ? null : (spec.rows ?? null), support: spec.support ?? null, settings: settingsOf(spec.settings),
  } // prettier-ignore
  const ref: Ref = { id: `${idOf('function', path[0]!, name)}(${args.types})`, path, text: qualified(path.slice(0, 2)) }
  const home = idOf('namespace', path[0]!)
  add({ id: ref.id, kind: 'function', path, parent: home, attrs, refs: [home, ...args.refs, ...body.refs, ...(returns?.refs ?? [])] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addGrants(ref, [...(spec.revokePublic === true ? [{ to: publicRole, privileges: [] }] : []), ...(spec.grants ?? [])], site)
  return callable(ref)
}

/** A name that can also be called, giving SQL. */
export function callable(ref: Ref): Routine {
  return Object.assign((...args: readonly Interpolated[]) => sql`${{ ref }}(${args})`, { ref })
}

/** Declares a function. In: its namespace, its name and its parts. Throws UserError without a body or a result. */
export function fn(namespace: NamespaceLike, name: string, spec: FunctionSpec): Routine {
  return addRoutine(namespace, name, spec, spec.window === true ? 'window' : 'function', callSite())
}

/** Declares a procedure. */
export function procedure(namespace: NamespaceLike, name: string, spec: RoutineTraits): Routine {
  return addRoutine(namespace, name, spec, 'procedure', callSite())
}
