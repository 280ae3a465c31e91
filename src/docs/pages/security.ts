import { policy } from '../../kinds/policy/index.ts'
import { rowSecurity } from '../../kinds/row_security/index.ts'
import { ident, roleName } from '../../sql/identifier.ts'
import type { Look, Table } from '../look.ts'
import { code, grid, section, text } from '../markdown.ts'

/** Who sees which rows. A table without row security says nothing: its grants decide alone. */
export function security(look: Look, t: Table): string {
  const state = look.on(t.id, rowSecurity)[0]?.attrs
  const policies = look.on(t.id, policy)
  if (state === undefined && policies.length === 0) return ''
  const rows = policies.map(({ id, path, attrs: a }) => [
    code(ident(path[2]!)),
    a.roles.map((r) => code(roleName(r))).join(', '),
    a.command,
    a.permissive ? '' : 'restrictive',
    code(a.using ?? ''),
    code(a.check ?? ''),
    text(look.comment(id) ?? ''),
  ])
  return section(
    2,
    'Row security',
    sentence(state),
    grid(['Policy', 'Role', 'Command', 'Kind', 'Sees and changes rows where', 'Writes rows where', 'Comment'], rows) ||
      'No policies: nobody who is bound by row security sees a row.',
  )
}

function sentence(state: { enabled: boolean; forced: boolean } | undefined): string {
  if (state === undefined || !state.enabled) return '**Not enabled**: the policies have no effect.'
  return state.forced ? 'Enabled and **forced**: it binds the owner too.' : 'Enabled, **not forced**: the owner sees every row.'
}
