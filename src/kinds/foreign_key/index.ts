import * as z from 'zod'
import { idOf, type DbObject } from '../../model/object.ts'
import { ident, identList, qualified } from '../../sql/identifier.ts'
import * as constraint from '../constraint.ts'
import { defineKind } from '../contract.ts'

const action = z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default'])
const schema = z.strictObject({
  columns: z.array(z.string()),
  table: z.array(z.string()),
  references: z.array(z.string()),
  onUpdate: action,
  onDelete: action,
  /** The columns of SET NULL (…) and SET DEFAULT (…); empty means all. */
  onDeleteColumns: z.array(z.string()),
  match: z.enum(['simple', 'full']),
  deferrable: z.boolean(),
  deferred: z.boolean(),
  valid: z.boolean(),
  enforced: z.boolean(),
  period: z.boolean(),
})
export type ForeignKeyAttrs = z.infer<typeof schema>
type ForeignKey = DbObject<ForeignKeyAttrs>

function clause(o: ForeignKey): string {
  const a = o.attrs
  const list = (names: readonly string[]): string => (a.period ? [...names.slice(0, -1).map(ident), `PERIOD ${ident(names.at(-1)!)}`].join(', ') : identList(names))
  const parts = [`CONSTRAINT ${ident(o.path[2]!)} FOREIGN KEY (${list(a.columns)}) REFERENCES ${qualified(a.table)} (${list(a.references)})`]
  if (a.match === 'full') parts.push('MATCH FULL')
  if (a.onUpdate !== 'no action') parts.push(`ON UPDATE ${a.onUpdate.toUpperCase()}`)
  if (a.onDelete !== 'no action') parts.push(`ON DELETE ${a.onDelete.toUpperCase()}${a.onDeleteColumns.length === 0 ? '' : ` (${identList(a.onDeleteColumns)})`}`)
  return parts.join(' ') + constraint.deferral(a) + (a.enforced ? (a.valid ? '' : ' NOT VALID') : ' NOT ENFORCED')
}

const alterConstraint = (o: ForeignKey, what: string): string[] => [`ALTER TABLE ${constraint.onTable(o)} ALTER CONSTRAINT ${ident(o.path[2]!)} ${what}`]
const defer = (_: ForeignKey, to: ForeignKey): string[] =>
  alterConstraint(to, to.attrs.deferrable ? `DEFERRABLE INITIALLY ${to.attrs.deferred ? 'DEFERRED' : 'IMMEDIATE'}` : 'NOT DEFERRABLE')

const actions = `case %s when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end`

/** Never folded into CREATE TABLE and always dropped by name: two tables may reference each other. */
export const foreignKey = defineKind<ForeignKeyAttrs>({
  kind: 'foreign_key',
  label: 'foreign key',
  weight: 70,
  schema,
  catalog: (version) => `
    select json_build_array(r.nspname, r.relname, c.conname) as path,
           json_build_array(json_build_array(2606, c.oid::int8, 0)) as addresses,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('columns', ${constraint.columnNames('r.oid', 'c.conkey')},
             'table', json_build_array(fn.nspname, f.relname), 'references', ${constraint.columnNames('f.oid', 'c.confkey')},
             'onUpdate', ${actions.replace('%s', 'c.confupdtype')}, 'onDelete', ${actions.replace('%s', 'c.confdeltype')},
             'onDeleteColumns', ${constraint.columnNames('r.oid', 'c.confdelsetcols')},
             'match', case c.confmatchtype when 'f' then 'full' else 'simple' end,
             'deferrable', c.condeferrable, 'deferred', c.condeferred, 'valid', c.convalidated,
             'enforced', ${version >= 180000 ? 'c.conenforced' : 'true'}, 'period', ${version >= 180000 ? 'c.conperiod' : 'false'}) as attrs
    from pg_constraint c join rel r on r.oid = c.conrelid join pg_class f on f.oid = c.confrelid join pg_namespace fn on fn.oid = f.relnamespace
    where c.contype = 'f' and ${constraint.localConstraint}`,
  create: (o) => constraint.addConstraint(o, clause(o)),
  drop: constraint.dropConstraint,
  alter: {
    columns: 'replace', table: 'replace', references: 'replace', onUpdate: 'replace', onDelete: 'replace', onDeleteColumns: 'replace',
    match: 'replace', period: 'replace', deferrable: defer, deferred: defer,
    valid: (_, to) => (to.attrs.valid ? [`ALTER TABLE ${constraint.onTable(to)} VALIDATE CONSTRAINT ${ident(to.path[2]!)}`] : 'replace'),
    enforced: (_, to) => alterConstraint(to, to.attrs.enforced ? 'ENFORCED' : 'NOT ENFORCED'),
  }, // prettier-ignore
  dropsWithParent: false,
  survivesRetype: true,
  stateless: true,
  hazards: (type, from, to) => {
    if (type === 'drop') return [{ name: 'drop_foreign_key', destructive: false, sentence: `rows of ${constraint.onTable(from!)} may come to point at nothing` }]
    if (type === 'alter' || !to!.attrs.valid) return []
    return [{ name: 'validates_foreign_key', destructive: false, sentence: `every row of ${constraint.onTable(to!)} is checked while both tables take no writes` }]
  },
  rename: constraint.renameConstraint,
})

export const foreignKeyRefs = (path: readonly string[], a: ForeignKeyAttrs): string[] => [
  ...a.columns.map((c) => idOf('column', path[0]!, path[1]!, c)),
  ...a.references.map((c) => idOf('column', ...a.table, c)),
]
