import type { MaterializedViewAttrs } from '../kinds/materialized_view/index.ts'
import type { ViewAttrs } from '../kinds/view/index.ts'
import { idOf } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName } from './fail.ts'
import { addGrants, type Grant } from './grants.ts'
import { addIndex, type IndexSpec } from './index-word.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { refOf, type ColumnRef, type Named, type Ref } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import { optionsOf, type OptionValues } from './settings.ts'
import { callSite, type Site } from './site.ts'
import { resolveSql, type SqlText } from './sql.ts'
import { columnRef } from './table-info.ts'
import { addTrigger, type TriggerSpec } from './trigger.ts'

interface Shared {
  /** The query, without a semicolon at its end. */
  readonly as: SqlText
  readonly owner?: RoleLike
  readonly comment?: string
  readonly columnComments?: { readonly [column: string]: string }
  readonly grants?: readonly Grant[]
  readonly options?: OptionValues
  readonly renamedFrom?: string
}

export interface ViewSpec extends Shared {
  /** Reads with the caller's rights, so that row security of its tables binds the caller. */
  readonly securityInvoker?: boolean
  readonly securityBarrier?: boolean
  readonly checkOption?: 'local' | 'cascaded'
  /** Defaults of its columns, for INSERT through the view. */
  readonly defaults?: { readonly [column: string]: SqlText }
  readonly triggers?: { readonly [name: string]: TriggerSpec<string> }
}

export interface MaterializedViewSpec extends Shared {
  readonly indexes?: { readonly [name: string]: readonly string[] | IndexSpec<string> }
  readonly accessMethod?: string
  readonly tablespace?: string
  /** False for WITH NO DATA. */
  readonly populated?: boolean
}

/** A declared view. Its columns are not declared, so their names are not checked. */
export interface View extends Named {
  column(name: string): ColumnRef
}

function addView(kind: string, path: readonly string[], attrs: object, refs: readonly string[], spec: Shared, site: Site): View & { readonly ref: Ref } {
  const ref = refOf(kind, path)
  const home = idOf('namespace', path[0]!)
  add({ id: ref.id, kind, path, parent: home, attrs, refs: [home, ...spec.as.refs, ...refs] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  for (const [c, text] of Object.entries(spec.columnComments ?? {})) addComment(refOf('column', [...path, c]), text, site, ref.id)
  addGrants(ref, spec.grants, site)
  addRename(kind, path, spec.renamedFrom, site)
  return { ref, column: (name) => columnRef(path, name) }
}

const withoutSemicolon = (text: string): string => text.replace(/;\s*$/, '')

/** Declares a view. In: its namespace, its name, its query and options. Throws UserError when `as` is not sql``. */
export function view(namespace: NamespaceLike, name: string, spec: ViewSpec): View {
  const site = callSite()
  const path = [namespaceName(namespace, site), checkedName(name, `view ${name}`)]
  const as = resolveSql(spec.as, null, `view ${name}`)
  const options = optionsOf({
    ...spec.options,
    ...(spec.securityInvoker === undefined ? {} : { security_invoker: spec.securityInvoker }),
    ...(spec.securityBarrier === undefined ? {} : { security_barrier: spec.securityBarrier }),
    ...(spec.checkOption === undefined ? {} : { check_option: spec.checkOption }),
  })
  const defaults = Object.entries(spec.defaults ?? {})
  const attrs: ViewAttrs = { definition: withoutSemicolon(as.text), options, defaults: Object.fromEntries(defaults.map(([c, d]) => [c, d.text])) }
  const out = addView(
    'view',
    path,
    attrs,
    defaults.flatMap(([, d]) => d.refs),
    spec,
    site,
  )
  for (const [t, s] of Object.entries(spec.triggers ?? {})) addTrigger(out.ref, null, t, s, site)
  return out
}

/** Declares a materialised view, with its indexes. */
export function materializedView(namespace: NamespaceLike, name: string, spec: MaterializedViewSpec): View {
  const site = callSite()
  const path = [namespaceName(namespace, site), checkedName(name, `materialized view ${name}`)]
  const as = resolveSql(spec.as, null, `materialized view ${name}`)
  const attrs: MaterializedViewAttrs = {
    definition: withoutSemicolon(as.text), options: optionsOf(spec.options), accessMethod: spec.accessMethod ?? null,
    tablespace: spec.tablespace ?? null, populated: spec.populated ?? true,
  } // prettier-ignore
  const out = addView('materialized_view', path, attrs, [], spec, site)
  for (const [i, s] of Object.entries(spec.indexes ?? {})) addIndex(out.ref, null, i, s, site)
  return out
}
