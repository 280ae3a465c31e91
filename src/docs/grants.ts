import { grant } from '../kinds/grant/index.ts'
import type { Id } from '../model/object.ts'
import { roleName } from '../sql/identifier.ts'
import type { Look } from './look.ts'
import { code, grid } from './markdown.ts'

/** Privileges in the order in which PostgreSQL's manual lists them. */
const known = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain', 'usage', 'create', 'execute']

/**
 * Role by privilege, for one object. `parts` are its columns: a role may hold a privilege on some of them only.
 * What PostgreSQL gives by itself (everything to the owner, EXECUTE to everyone) is not listed, as nobody declared it.
 */
export function grants(look: Look, id: Id, parts: readonly { readonly id: Id; readonly name: string }[] = []): string {
  const rows = new Map<string, Map<string, string>>()
  const at = (role: string): Map<string, string> => rows.get(role) ?? rows.set(role, new Map()).get(role)!
  for (const g of look.on(id, grant))
    for (const [privilege, grantable] of Object.entries(g.attrs.privileges)) at(g.attrs.grantee).set(privilege, grantable ? 'yes, may grant' : 'yes')
  for (const part of parts) {
    for (const g of look.on(part.id, grant)) {
      for (const privilege of Object.keys(g.attrs.privileges)) {
        const cells = at(g.attrs.grantee)
        const sofar = cells.get(privilege)
        if (!sofar?.startsWith('yes')) cells.set(privilege, sofar === undefined ? code(part.name) : `${sofar}, ${code(part.name)}`)
      }
    }
  }
  const privileges = [...new Set([...rows.values()].flatMap((r) => [...r.keys()]))].sort((a, b) => known.indexOf(a) - known.indexOf(b))
  const revoked = (cells: Map<string, string>): string => (cells.size === 0 ? 'nothing' : '')
  return grid(
    ['Role', ...privileges.map((p) => p.toUpperCase()), ''],
    [...rows].map(([role, cells]) => [code(roleName(role)), ...privileges.map((p) => cells.get(p) ?? ''), revoked(cells)]),
  )
}
