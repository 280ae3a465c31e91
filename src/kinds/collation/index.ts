import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import { defineKind, type AlterContext, type Alteration, type Statement } from '../contract.ts'

const schema = z.strictObject({
  provider: z.enum(['libc', 'icu', 'builtin']),
  /** For icu and builtin; null for libc. */
  locale: z.string().nullable(),
  /** For libc; null otherwise. */
  lcCollate: z.string().nullable(),
  lcCtype: z.string().nullable(),
  deterministic: z.boolean(),
  /** Tailoring rules of ICU, from PostgreSQL 16. */
  rules: z.string().nullable(),
})
export type CollationAttrs = z.infer<typeof schema>

type Collation = DbObject<CollationAttrs>

function createCollation(o: Collation): string {
  const a = o.attrs
  const parts = [`PROVIDER = ${a.provider}`]
  if (a.locale !== null) parts.push(`LOCALE = ${literal(a.locale)}`)
  else if (a.lcCollate !== null && a.lcCollate === a.lcCtype) parts.push(`LOCALE = ${literal(a.lcCollate)}`)
  else parts.push(`LC_COLLATE = ${literal(a.lcCollate ?? '')}`, `LC_CTYPE = ${literal(a.lcCtype ?? '')}`)
  if (!a.deterministic) parts.push('DETERMINISTIC = false')
  if (a.rules !== null) parts.push(`RULES = ${literal(a.rules)}`)
  return `CREATE COLLATION ${qualified(o.path)} (${parts.join(', ')})`
}

/**
 * A collation has no ALTER: the old one steps aside, the new one is made, columns move over, the old one goes. Columns keep their
 * values; the indexes over them are built again.
 */
function remake(from: Collation, to: Collation, context: AlterContext): Alteration {
  const aside = `${from.path[1]!}__replaced`.slice(-63)
  const out: Statement[] = [`ALTER COLLATION ${qualified(from.path)} RENAME TO ${ident(aside)}`, createCollation(to)]
  for (const d of context.dependents(from.id)) {
    const { type, collation, inherited } = d.attrs as { type?: string; collation?: string | null; inherited?: boolean }
    const after = context.to.objects.get(d.id)?.attrs as { type?: string; collation?: string | null } | undefined
    if (collation !== qualified(from.path) || after?.collation !== collation || after.type !== type || type === undefined || inherited !== false) continue
    out.push(`ALTER TABLE ${qualified(d.path.slice(0, 2))} ALTER COLUMN ${ident(d.path[2]!)} TYPE ${type} COLLATE ${collation}`)
  }
  out.push(`DROP COLLATION ${qualified([from.path[0]!, aside])}`)
  return { rebuild: out, anew: true }
}

/** Path: namespace, collation. The version is not an attribute: it is the library's of the server. */
export const collation = defineKind<CollationAttrs>({
  kind: 'collation',
  label: 'collation',
  weight: 17,
  schema,
  catalog: (version) => {
    const locale = version >= 170000 ? 'c.colllocale' : 'c.colliculocale'
    return `
    select json_build_array(n.nspname, c.collname) as path,
           json_build_array(json_build_array(3456, c.oid::int8, 0)) as addresses,
           json_build_array(2615, n.oid::int8, 0) as parent,
           json_build_object('provider', case c.collprovider when 'c' then 'libc' when 'i' then 'icu' else 'builtin' end, 'locale', ${locale},
             'lcCollate', case when c.collprovider = 'c' then c.collcollate end, 'lcCtype', case when c.collprovider = 'c' then c.collctype end,
             'deterministic', c.collisdeterministic, 'rules', ${version >= 160000 ? 'c.collicurules' : 'null'}) as attrs
    from pg_collation c join n on n.oid = c.collnamespace
    where not exists (select from ext x where x.classid = 3456 and x.objid = c.oid)`
  },
  create: (o) => [createCollation(o)],
  drop: (o) => [`DROP COLLATION ${qualified(o.path)}`],
  alter: { provider: remake, locale: remake, lcCollate: remake, lcCtype: remake, deterministic: remake, rules: remake },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  hazards: (type, _from, to, changed) =>
    type === 'alter' || type === 'replace'
      ? [
          {
            name: 'change_collation',
            destructive: false,
            sentence: `what ${qualified(to!.path)} sorts ${changed.includes('deterministic') ? 'and holds equal ' : ''}changes: columns of it are rewritten or checked and their indexes built again, under an exclusive lock`,
          },
        ]
      : [],
  rename: (from, to) => [`ALTER COLLATION ${qualified(from.path)} RENAME TO ${ident(to.path[1]!)}`],
})
