import * as z from 'zod'
import { ident } from '../../sql/identifier.ts'
import { parseOptions } from '../../sql/options.ts'
import { idOf } from '../../model/object.ts'
import { defineKind, type AlterRule } from '../contract.ts'
import { createRole, dropRole, roleOptions, settingStatements } from './render.ts'

const schema = z.strictObject({
  superuser: z.boolean(),
  createDatabase: z.boolean(),
  createRole: z.boolean(),
  inherit: z.boolean(),
  login: z.boolean(),
  replication: z.boolean(),
  bypassRowSecurity: z.boolean(),
  connectionLimit: z.number(),
  validUntil: z.string().nullable(),
  settings: z.record(z.string(), z.string()),
})
export type RoleAttrs = z.infer<typeof schema>

const option: AlterRule<RoleAttrs> = (from, to) => [`ALTER ROLE ${ident(to.path[0]!)} WITH ${roleOptions(to.attrs, from.attrs)}`]

/** Passwords are deliberately absent: they are neither read nor declared. No ALTER takes VALID UNTIL away, so infinity counts as none. */
export const role = defineKind<RoleAttrs>({
  kind: 'role',
  label: 'role',
  weight: 5,
  schema,
  clusterWide: true,
  rights: ({ attrs: a }) => (a.superuser || a.replication || a.bypassRowSecurity ? { superuser: 'a role that is a superuser, replicates or bypasses row security' } : {}),
  catalog: () => `
    select json_build_array(r.rolname) as path,
           json_build_array(json_build_array(1260, r.oid::int8, 0)) as addresses,
           json_build_object('superuser', r.rolsuper, 'createDatabase', r.rolcreatedb, 'createRole', r.rolcreaterole,
             'inherit', r.rolinherit, 'login', r.rolcanlogin, 'replication', r.rolreplication, 'bypassRowSecurity', r.rolbypassrls,
             'connectionLimit', r.rolconnlimit, 'validUntil', nullif(r.rolvaliduntil, 'infinity')::text,
             'settings', (select s.setconfig from pg_db_role_setting s where s.setrole = r.oid and s.setdatabase = 0)) as attrs
    from pg_roles r where r.rolname !~ '^pg_'`,
  read: (row) => {
    const settings = parseOptions(row.attrs['settings'] as string[] | null)
    return [{ id: idOf('role', row.path![0]!), kind: 'role', path: row.path!, parent: null, attrs: { ...(row.attrs as RoleAttrs), settings }, refs: [] }]
  },
  create: createRole,
  drop: dropRole,
  alter: {
    superuser: option, createDatabase: option, createRole: option, inherit: option, login: option, replication: option,
    bypassRowSecurity: option, connectionLimit: option, validUntil: option,
    settings: (from, to) => settingStatements(`ALTER ROLE ${ident(to.path[0]!)}`, from.attrs.settings, to.attrs.settings),
  }, // prettier-ignore
  dropsWithParent: false,
  survivesRetype: true,
  stateless: false,
  hazards: (type, from, to, changed) => {
    if (type === 'drop') return [{ name: 'drop_role', destructive: true, sentence: `role ${from!.path[0]} goes, with its memberships and password` }]
    if (type === 'alter' && to!.attrs.bypassRowSecurity && changed.includes('bypassRowSecurity'))
      return [{ name: 'bypass_rls', destructive: false, sentence: `role ${to!.path[0]} will no longer be held back by any policy` }]
    return []
  },
})
