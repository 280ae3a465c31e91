import { bytea, sql, table } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { owner } from '../lib/policies.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoMigrator } from '../roles.ts'

export const contextKeys = table(ops, 'context_keys', {
  classification: 'internal',
  retention: 'in use',
  comment: 'The key that api.begin_request() signs with, one row. Made with the first request; no role has rights on it, and dumps of it are secrets.',
  columns: {
    ...base,
    key: bytea()
      .notNull()
      .default(sql`sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))`)
      .classify('secret')
      .comment('244 random bits, hashed'),
  },
  primaryKey: ['id'],
  unique: { context_keys_one: { on: [sql`(true)`], comment: 'Serves nothing but the rule: there is one key' } },
  checks: { context_keys_key_check: (c) => sql`octet_length(${c.key}) = 32` },
  rowSecurity: { force: true, policies: { ...owner } },
})
guard(contextKeys, { audit: 'ref' })

export const rotateContextKey = definer(ops, 'rotate_context_key', {
  returns: 'void',
  language: 'plpgsql',
  body: sql`
BEGIN
  DELETE FROM ops.context_keys;
  INSERT INTO ops.context_keys DEFAULT VALUES;
END `,
  comment: 'A new key to sign requests with. Requests that are open see no rows from then on and are repeated, so do it in a quiet hour; after a dump went astray, at once.',
  grants: [{ to: momoMigrator, privileges: ['execute'] }],
})
