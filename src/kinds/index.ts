import type { Kind } from './contract.ts'
import { aggregate } from './aggregate/index.ts'
import { check } from './check/index.ts'
import { collation } from './collation/index.ts'
import { column } from './column/index.ts'
import { comment } from './comment/index.ts'
import { compositeType } from './composite_type/index.ts'
import { defaultGrant } from './default_grant/index.ts'
import { domain } from './domain/index.ts'
import { domainCheck } from './domain_check/index.ts'
import { enumType } from './enum/index.ts'
import { eventTrigger } from './event_trigger/index.ts'
import { exclusion } from './exclusion/index.ts'
import { extension } from './extension/index.ts'
import { foreignKey } from './foreign_key/index.ts'
import { functionKind } from './function/index.ts'
import { grant } from './grant/index.ts'
import { index } from './index/index.ts'
import { key } from './key/index.ts'
import { materializedView } from './materialized_view/index.ts'
import { membership } from './membership/index.ts'
import { namespace } from './namespace/index.ts'
import { owner } from './owner/index.ts'
import { policy } from './policy/index.ts'
import { publication } from './publication/index.ts'
import { rangeType } from './range_type/index.ts'
import { raw } from './raw/index.ts'
import { role } from './role/index.ts'
import { rowSecurity } from './row_security/index.ts'
import { rule } from './rule/index.ts'
import { sequence } from './sequence/index.ts'
import { sequenceOwner } from './sequence_owner/index.ts'
import { statistics } from './statistics/index.ts'
import { table } from './table/index.ts'
import { trigger } from './trigger/index.ts'
import { view } from './view/index.ts'

/** Every kind of object, satellites last: they are read by the addresses of the others. */
export const kinds: readonly Kind[] = [
  role, membership, namespace, extension, collation, enumType, domain, domainCheck, compositeType, rangeType, sequence, functionKind, aggregate,
  table, column, key, check, exclusion, foreignKey, index, sequenceOwner, view, materializedView, statistics, rule, trigger, policy, rowSecurity,
  publication, eventTrigger, raw, owner, grant, defaultGrant, comment,
] // prettier-ignore

const byName = new Map(kinds.map((k) => [k.kind, k]))

/** The kind of that name. Throws when there is none, which is a defect: names come from objects. */
export function kindNamed(name: string): Kind {
  const kind = byName.get(name)
  if (kind === undefined) throw new Error(`there is no kind ${name}`)
  return kind
}

/** Whether a plan can bring the object with this id about at all: names that PostgreSQL chooses itself it cannot. */
export function isSettable(id: string): boolean {
  return byName.has(id.slice(0, id.search(/[:(]/)))
}
