import { sql, sqlText } from 'pgintent'
import { definer } from './lib/routines.ts'
import { ops } from './namespaces.ts'
import { retention } from './retention-classes.ts'
import { momoMigrator } from './roles.ts'
import { limitsOf, memberRoles, permissionsOf } from './values.ts'

/** ISO 4217: letters, digits, decimal places, English name. */
export const iso4217 = [
  ['CDF', '976', 2, 'Congolese franc'],
  ['EUR', '978', 2, 'Euro'],
  ['GHS', '936', 2, 'Ghana cedi'],
  ['GNF', '324', 0, 'Guinean franc'],
  ['KES', '404', 2, 'Kenyan shilling'],
  ['LRD', '430', 2, 'Liberian dollar'],
  ['LSL', '426', 2, 'Lesotho loti'],
  ['MWK', '454', 2, 'Malawi kwacha'],
  ['MZN', '943', 2, 'Mozambique metical'],
  ['NGN', '566', 2, 'Nigerian naira'],
  ['RWF', '646', 0, 'Rwanda franc'],
  ['SZL', '748', 2, 'Eswatini lilangeni'],
  ['TZS', '834', 2, 'Tanzanian shilling'],
  ['UGX', '800', 0, 'Uganda shilling'],
  ['USD', '840', 2, 'US dollar'],
  ['XAF', '950', 0, 'CFA franc BEAC'],
  ['XOF', '952', 0, 'CFA franc BCEAO'],
  ['ZAR', '710', 2, 'South African rand'],
  ['ZMW', '967', 2, 'Zambian kwacha'],
] as const

const rolePermissions = memberRoles.flatMap((role) => permissionsOf[role].map((permission) => [role, permission, limitsOf[role]?.[permission] ?? null] as const))

type Value = string | number | bigint | null | readonly string[]

const literal = (value: Value): string =>
  value === null ? 'NULL' : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : Array.isArray(value) ? `ARRAY[${value.map(literal).join(', ')}]` : String(value)

/** The rows of a VALUES list, one a line. */
const rows = (list: readonly (readonly Value[])[]) => sqlText(list.map((row) => `(${row.map(literal).join(', ')})`).join(',\n    '))

export const loadReferenceData = definer(ops, 'load_reference_data', {
  returns: 'void',
  language: 'plpgsql',
  body: sql`
BEGIN
  INSERT INTO app.currencies AS c (code, numeric_code, exponent, name)
  VALUES
    ${rows(iso4217)}
  ON CONFLICT (code) DO UPDATE SET numeric_code = excluded.numeric_code, exponent = excluded.exponent, name = excluded.name
  WHERE (c.numeric_code, c.exponent, c.name) IS DISTINCT FROM (excluded.numeric_code, excluded.exponent, excluded.name);

  WITH declared (role, permission, max_amount_minor) AS (VALUES
    ${rows(rolePermissions)}
  ), gone AS (
    -- What a role may no longer do must not stay behind.
    DELETE FROM app.role_permissions p WHERE NOT EXISTS (SELECT FROM declared d WHERE d.role = p.role AND d.permission = p.permission)
  )
  INSERT INTO app.role_permissions AS p (role, permission, max_amount_minor)
  SELECT d.role, d.permission, d.max_amount_minor::bigint FROM declared d
  ON CONFLICT (role, permission) DO UPDATE SET max_amount_minor = excluded.max_amount_minor
  WHERE p.max_amount_minor IS DISTINCT FROM excluded.max_amount_minor;

  INSERT INTO app.retention_policies AS p (class, country, applies_to, retain, anchor, action, legal_basis)
  SELECT r.class, r.country, r.applies_to, r.retain::interval, r.anchor, r.action, r.legal_basis
  FROM (VALUES
    ${rows(retention.map((r) => [r.class, r.country, r.appliesTo, r.retain, r.anchor, r.action, r.basis]))}
  ) r (class, country, applies_to, retain, anchor, action, legal_basis)
  ON CONFLICT (class, country) DO UPDATE
  SET applies_to = excluded.applies_to, retain = excluded.retain, anchor = excluded.anchor, action = excluded.action, legal_basis = excluded.legal_basis
  WHERE (p.applies_to, p.retain, p.anchor, p.action, p.legal_basis)
        IS DISTINCT FROM (excluded.applies_to, excluded.retain, excluded.anchor, excluded.action, excluded.legal_basis);

  INSERT INTO ops.cluster_epoch (reason) SELECT 'the first one' WHERE NOT EXISTS (SELECT FROM ops.cluster_epoch);
END `,
  comment: 'Loads what the declaration knows: currencies, what each role may do, how long data is kept, and a first epoch for sync. May be called again.',
  grants: [{ to: momoMigrator, privileges: ['execute'] }],
})
