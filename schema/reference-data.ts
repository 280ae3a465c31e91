import { sql, sqlText } from 'pgintent'
import { definer } from './lib/routines.ts'
import { ops } from './namespaces.ts'
import { retention } from './retention-classes.ts'
import { momoMigrator } from './roles.ts'
import { limitsOf, memberRoles, permissionsOf } from './values.ts'

/**
 * ISO 4217: letters, digits, decimal places, English name; and the unit of limits, a round figure near one US dollar. It is no
 * exchange rate: nothing is converted by it, and a limit that moves with a market is no limit.
 */
export const iso4217 = [
  ['CDF', '976', 2, 'Congolese franc', 2800],
  ['EUR', '978', 2, 'Euro', 1],
  ['GHS', '936', 2, 'Ghana cedi', 12],
  ['GNF', '324', 0, 'Guinean franc', 9000],
  ['KES', '404', 2, 'Kenyan shilling', 130],
  ['LRD', '430', 2, 'Liberian dollar', 200],
  ['LSL', '426', 2, 'Lesotho loti', 18],
  ['MWK', '454', 2, 'Malawi kwacha', 1700],
  ['MZN', '943', 2, 'Mozambique metical', 65],
  ['NGN', '566', 2, 'Nigerian naira', 1500],
  ['RWF', '646', 0, 'Rwanda franc', 1400],
  ['SZL', '748', 2, 'Eswatini lilangeni', 18],
  ['TZS', '834', 2, 'Tanzanian shilling', 2600],
  ['UGX', '800', 0, 'Uganda shilling', 4000],
  ['USD', '840', 2, 'US dollar', 1],
  ['XAF', '950', 0, 'CFA franc BEAC', 600],
  ['XOF', '952', 0, 'CFA franc BCEAO', 600],
  ['ZAR', '710', 2, 'South African rand', 18],
  ['ZMW', '967', 2, 'Zambian kwacha', 25],
] as const

const rolePermissions = memberRoles.flatMap((role) =>
  permissionsOf[role].map((permission) => {
    const limit = limitsOf[role]?.[permission]
    return [role, permission, limit?.once ?? null, limit?.aDay ?? null] as const
  }),
)

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
  INSERT INTO app.currencies AS c (code, numeric_code, exponent, name, limit_unit_minor)
  SELECT i.code, i.numeric_code, i.exponent, i.name, i.unit * (10 ^ i.exponent)::bigint
  FROM (VALUES
    ${rows(iso4217)}
  ) i (code, numeric_code, exponent, name, unit)
  ON CONFLICT (code) DO UPDATE
  SET numeric_code = excluded.numeric_code, exponent = excluded.exponent, name = excluded.name, limit_unit_minor = excluded.limit_unit_minor
  WHERE (c.numeric_code, c.exponent, c.name, c.limit_unit_minor)
        IS DISTINCT FROM (excluded.numeric_code, excluded.exponent, excluded.name, excluded.limit_unit_minor);

  WITH declared (role, permission, max_units, max_units_a_day) AS (VALUES
    ${rows(rolePermissions)}
  ), gone AS (
    -- What a role may no longer do must not stay behind.
    DELETE FROM app.role_permissions p WHERE NOT EXISTS (SELECT FROM declared d WHERE d.role = p.role AND d.permission = p.permission)
  )
  INSERT INTO app.role_permissions AS p (role, permission, max_units, max_units_a_day)
  SELECT d.role, d.permission, d.max_units::bigint, d.max_units_a_day::bigint FROM declared d
  ON CONFLICT (role, permission) DO UPDATE SET max_units = excluded.max_units, max_units_a_day = excluded.max_units_a_day
  WHERE (p.max_units, p.max_units_a_day) IS DISTINCT FROM (excluded.max_units, excluded.max_units_a_day);

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
