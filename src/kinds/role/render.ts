import type { DbObject } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import { dollar, literal } from '../../sql/literal.ts'
import { settingValue } from '../setting.ts'
import type { RoleAttrs } from './index.ts'

const flags = [
  ['superuser', 'SUPERUSER'],
  ['createDatabase', 'CREATEDB'],
  ['createRole', 'CREATEROLE'],
  ['inherit', 'INHERIT'],
  ['login', 'LOGIN'],
  ['replication', 'REPLICATION'],
  ['bypassRowSecurity', 'BYPASSRLS'],
] as const

/** The options in which a role differs from another (for CREATE: from what CREATE ROLE gives). */
export function roleOptions(a: RoleAttrs, from: RoleAttrs): string {
  const out: string[] = []
  for (const [key, word] of flags) if (a[key] !== from[key]) out.push(a[key] ? word : `NO${word}`)
  if (a.connectionLimit !== from.connectionLimit) out.push(`CONNECTION LIMIT ${a.connectionLimit}`)
  if (a.validUntil !== from.validUntil) out.push(`VALID UNTIL ${literal(a.validUntil ?? 'infinity')}`)
  return out.join(' ')
}

export const newRole: RoleAttrs = {
  superuser: false, createDatabase: false, createRole: false, inherit: true, login: false,
  replication: false, bypassRowSecurity: false, connectionLimit: -1, validUntil: null, settings: {},
} // prettier-ignore

export function settingStatements(prefix: string, from: RoleAttrs['settings'], to: RoleAttrs['settings']): string[] {
  const out: string[] = []
  for (const k of Object.keys(from).sort()) if (!(k in to)) out.push(`${prefix} RESET ${k}`)
  for (const [k, v] of Object.entries(to).sort()) if (from[k] !== v) out.push(`${prefix} SET ${k} TO ${settingValue(k, v)}`)
  return out
}

/** Roles belong to the whole server: another database may have made this one already, and then it is brought to the same state. */
export function createRole(o: DbObject<RoleAttrs>): string[] {
  const name = ident(o.path[0]!)
  const options = roleOptions(o.attrs, newRole)
  const all = flags.map(([key, word]) => (o.attrs[key] ? word : `NO${word}`))
  const restate = all.filter((w) => !/SUPERUSER|REPLICATION|BYPASSRLS/.test(w) || !w.startsWith('NO')).join(' ')
  const body = `
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(o.path[0]!)}) THEN
    ALTER ROLE ${name} WITH ${restate};
  ELSE
    CREATE ROLE ${name}${options === '' ? '' : ` WITH ${options}`};
  END IF;
END `
  return [`DO ${dollar(body)}`, ...settingStatements(`ALTER ROLE ${name}`, {}, o.attrs.settings)]
}

/** A role that another database of the server still uses stays: dropping it is not this database's right. */
export function dropRole(o: DbObject<RoleAttrs>): string[] {
  const name = ident(o.path[0]!)
  const body = `
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_shdepend d
             WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.refobjid = ${literal(name)}::pg_catalog.regrole
               AND d.dbid NOT IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))) THEN
    RAISE NOTICE 'role % is kept: another database of this server uses it', ${literal(o.path[0]!)};
  ELSE
    DROP ROLE ${name};
  END IF;
END `
  return [`DO ${dollar(body)}`]
}
