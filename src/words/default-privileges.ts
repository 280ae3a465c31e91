import type { DefaultGrantAttrs } from '../kinds/default_grant/index.ts'
import { idOf } from '../model/object.ts'
import type { Privilege } from './grants.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { add } from './registry.ts'
import { roleOf, type RoleLike } from './role.ts'
import { callSite } from './site.ts'

export interface DefaultPrivileges {
  /** Whose new objects. */
  readonly for: RoleLike
  /** Only in this namespace; adds to what holds everywhere. */
  readonly namespace?: NamespaceLike
  readonly on: DefaultGrantAttrs['objects']
  readonly to: RoleLike | readonly RoleLike[]
  /** All that the grantee gets on a new object: `[]` for PUBLIC on functions takes EXECUTE from everyone. */
  readonly privileges: readonly Privilege[]
  readonly grantOption?: boolean | readonly Privilege[]
  /** What PostgreSQL gives by itself, where that is not what it gives on 15 to 18 (rarely needed). */
  readonly builtIn?: readonly string[]
}

const everything = {
  tables: ['delete', 'insert', 'references', 'select', 'trigger', 'truncate', 'update'], sequences: ['select', 'update', 'usage'],
  functions: ['execute'], types: ['usage'], schemas: ['create', 'usage'],
} // prettier-ignore

/** Declares ALTER DEFAULT PRIVILEGES: what others get on objects that a role will make. */
export function defaultPrivileges(spec: DefaultPrivileges): void {
  const site = callSite()
  const subject = 'defaultPrivileges(…)'
  const owner = roleOf(spec.for, subject)
  const namespace = spec.namespace === undefined ? null : namespaceName(spec.namespace, site)
  for (const like of Array.isArray(spec.to) ? (spec.to as RoleLike[]) : [spec.to as RoleLike]) {
    const to = roleOf(like, subject)
    const own =
      namespace !== null ? [] : to.name === owner.name ? everything[spec.on] : to.name === 'public' && (spec.on === 'functions' || spec.on === 'types') ? everything[spec.on] : []
    const optional = (p: Privilege): boolean => (Array.isArray(spec.grantOption) ? spec.grantOption.includes(p) : spec.grantOption === true)
    const attrs: DefaultGrantAttrs = {
      role: owner.name, namespace, objects: spec.on, grantee: to.name,
      privileges: Object.fromEntries(spec.privileges.map((p) => [p, optional(p)])), builtIn: [...(spec.builtIn ?? own)].sort(),
    } // prettier-ignore
    const path = [owner.name, namespace ?? '*', spec.on, to.name]
    const refs = [...owner.refs, ...to.refs, ...(namespace === null ? [] : [idOf('namespace', namespace)])]
    add({ id: idOf('default_grant', ...path), kind: 'default_grant', path, parent: null, attrs, refs }, site)
  }
}
