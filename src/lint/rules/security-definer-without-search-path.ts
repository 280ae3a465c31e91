import { functionKind } from '../../kinds/function/index.ts'
import { qualified } from '../../sql/identifier.ts'
import type { Rule } from '../rule.ts'

/**
 * A SECURITY DEFINER function runs with its owner's rights, and with its caller's search_path unless it sets its own: the
 * caller then decides which tables and functions its names mean. `pg_temp` must be named, last, because it is otherwise
 * searched first, and everyone may create in it (PostgreSQL's manual: Writing SECURITY DEFINER Functions Safely).
 */
export const securityDefinerWithoutSearchPath: Rule = {
  name: 'security-definer-without-search-path',
  level: 'error',
  about: 'SECURITY DEFINER functions set a search_path that ends with pg_temp.',
  *check({ look }) {
    for (const f of look.all(functionKind)) {
      if (!f.attrs.securityDefiner) continue
      const path = f.attrs.settings['search_path']
      const last = path?.split(',').at(-1)?.trim().replaceAll('"', '')
      if (last === 'pg_temp') continue
      const name = `${qualified(f.path.slice(0, 2))}(${f.path[2] ?? ''})`
      const why =
        path === undefined
          ? "sets no search_path, so its caller decides with the owner's rights what its names mean"
          : `has a search_path that does not end with pg_temp, so a caller's temporary tables come first`
      yield { object: f, message: `security definer function ${name} ${why}`, todo: 'set search_path to the namespaces it uses, then pg_temp' }
    }
  },
}
