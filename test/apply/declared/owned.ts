import { defaultPrivileges, fn, namespace, publicRole, role, sql, table, text, uuid } from 'pgintent'

const owner = role('Lend "Owner"', { comment: 'Owns the namespace and its tables.' })
const poster = role('lend_poster', { comment: 'Owns one function, and may create nothing.' })
defaultPrivileges({ for: owner, on: 'functions', to: publicRole, privileges: [] })

const app = namespace('lend', { owner, grants: [{ to: poster, privileges: ['usage'] }] })
export const notes = table(app, 'notes', {
  owner,
  columns: { id: uuid().notNull(), body: text() },
  primaryKey: ['id'],
  grants: [{ to: poster, privileges: ['insert'] }],
})
fn(app, 'post', { owner: poster, securityDefiner: true, returns: 'void', body: sql`insert into lend.notes values (gen_random_uuid(), 'posted')` })
