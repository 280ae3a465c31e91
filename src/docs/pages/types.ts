import { compositeType } from '../../kinds/composite_type/index.ts'
import { domain } from '../../kinds/domain/index.ts'
import { domainCheck } from '../../kinds/domain_check/index.ts'
import { enumType } from '../../kinds/enum/index.ts'
import { rangeType } from '../../kinds/range_type/index.ts'
import { sequence } from '../../kinds/sequence/index.ts'
import type { DbObject } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import type { Look } from '../look.ts'
import { code, grid, section, text } from '../markdown.ts'

/** The types and sequences of a namespace. */
export function types(look: Look, namespace: string): string[] {
  const here = (o: DbObject<unknown>): boolean => o.path[0] === namespace
  const name = (o: DbObject<unknown>): string => code(ident(o.path[1]!))
  const comment = (o: DbObject<unknown>): string => text(look.comment(o.id) ?? '')
  const enums = look
    .all(enumType)
    .filter(here)
    .map((o) => [name(o), o.attrs.values.map((v) => code(literal(v))).join(', '), comment(o)])
  const domains = look
    .all(domain)
    .filter(here)
    .map((o) => {
      const checks = look.on(o.id, domainCheck).map((c) => code(c.attrs.expression) + (c.attrs.valid ? '' : ' (not validated)'))
      return [name(o), code(o.attrs.type), o.attrs.notNull ? 'not null' : '', code(o.attrs.default ?? ''), checks.join(' and '), comment(o)]
    })
  const composites = look
    .all(compositeType)
    .filter(here)
    .map((o) => [name(o), o.attrs.attributes.map((a) => code(`${ident(a.name)} ${a.type}`)).join(', '), comment(o)])
  const ranges = look
    .all(rangeType)
    .filter(here)
    .map((o) => [name(o), code(o.attrs.subtype), comment(o)])
  const sequences = look
    .all(sequence)
    .filter(here)
    .map((o) => [name(o), o.attrs.type, `${o.attrs.start} by ${o.attrs.increment}`, comment(o)])
  return [
    section(2, 'Enums', grid(['Enum', 'Values', 'Comment'], enums)),
    section(2, 'Domains', grid(['Domain', 'Type', 'Null', 'Default', 'Check', 'Comment'], domains)),
    section(2, 'Composite types', grid(['Type', 'Attributes', 'Comment'], composites)),
    section(2, 'Range types', grid(['Type', 'Over', 'Comment'], ranges)),
    section(2, 'Sequences', grid(['Sequence', 'Type', 'Counts from', 'Comment'], sequences)),
  ]
}
