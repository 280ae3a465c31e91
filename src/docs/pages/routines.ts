import { aggregate } from '../../kinds/aggregate/index.ts'
import { functionKind, type FunctionAttrs } from '../../kinds/function/index.ts'
import { grant } from '../../kinds/grant/index.ts'
import type { DbObject, Id } from '../../model/object.ts'
import { ident, roleName } from '../../sql/identifier.ts'
import type { Look } from '../look.ts'
import { code, grid, section, text } from '../markdown.ts'

/** The functions, procedures and aggregates of a namespace. Bodies are left to the source: they would drown the rest. */
export function routines(look: Look, namespace: string): string[] {
  const here = (o: DbObject<unknown>): boolean => o.path[0] === namespace
  const functions = look
    .all(functionKind)
    .filter(here)
    .map((o) => [code(`${ident(o.path[1]!)}(${o.attrs.arguments})`), code(o.attrs.returns ?? ''), traits(o.attrs), execute(look, o.id), text(look.comment(o.id) ?? '')])
  const aggregates = look
    .all(aggregate)
    .filter(here)
    .map((o) => [code(`${ident(o.path[1]!)}(${o.attrs.arguments})`), code(o.attrs.definition), text(look.comment(o.id) ?? '')])
  return [
    section(2, 'Functions', grid(['Function', 'Returns', 'Traits', 'May be called by', 'Comment'], functions)),
    section(2, 'Aggregates', grid(['Aggregate', 'Definition', 'Comment'], aggregates)),
  ]
}

function traits(a: FunctionAttrs): string {
  const path = a.settings['search_path']
  const all = [
    a.routine === 'procedure' ? 'procedure' : '',
    a.language,
    a.volatility === 'volatile' ? '' : a.volatility,
    a.securityDefiner ? `**security definer**${path === undefined ? ', no search\\_path' : `, ${code(`search_path=${path}`)}`}` : '',
    a.leakproof ? 'leakproof' : '',
  ]
  return all.filter((t) => t !== '').join(', ')
}

/** Who may call it, where that is not everybody. */
function execute(look: Look, id: Id): string {
  const roles = look.on(id, grant).map((g) => ({ who: g.attrs.grantee, may: 'execute' in g.attrs.privileges }))
  const may = roles.filter((r) => r.may).map((r) => code(roleName(r.who)))
  return roles.length === 0 ? '' : may.length === 0 ? 'its owner only' : may.join(', ')
}
