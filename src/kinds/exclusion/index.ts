import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import * as constraint from '../constraint.ts'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'

const schema = z.strictObject({
  /** From `USING` on, as pg_get_constraintdef prints it: `USING gist (room WITH =, during WITH &&) WHERE (…)`. */
  definition: z.string(),
  deferrable: z.boolean(),
  deferred: z.boolean(),
})
export type ExclusionAttrs = z.infer<typeof schema>

const clause = ({ path, attrs: a }: DbObject<ExclusionAttrs>): string => `CONSTRAINT ${ident(path[2]!)} EXCLUDE ${a.definition}${constraint.deferral(a)}`

export const exclusion = defineKind<ExclusionAttrs>({
  kind: 'exclusion',
  label: 'exclusion',
  weight: 48,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname, c.conname) as path,
           json_build_array(json_build_array(2606, c.oid::int8, 0), json_build_array(1259, c.conindid::int8, 0)) as addresses,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('definition', regexp_replace(regexp_replace(pg_get_constraintdef(c.oid), '^EXCLUDE ', ''), '( DEFERRABLE)?( INITIALLY DEFERRED)?$', ''),
             'deferrable', c.condeferrable, 'deferred', c.condeferred) as attrs
    from pg_constraint c join rel r on r.oid = c.conrelid
    where c.contype = 'x' and ${constraint.localConstraint}`,
  create: (o) => constraint.addConstraint(o, clause(o)),
  inline: (o) => ({ clause: clause(o) }),
  drop: constraint.dropConstraint,
  alter: { definition: 'replace', deferrable: 'replace', deferred: 'replace' },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  slots: (o) => [relationSlot([o.path[0]!, o.path[2]!])],
  hazards: (type) =>
    type === 'drop' ? [] : [{ name: 'builds_index', destructive: false, sentence: 'its index is built under ACCESS EXCLUSIVE and fails on rows that exclude each other' }],
  rename: constraint.renameConstraint,
})
