import { materializedView } from '../../kinds/materialized_view/index.ts'
import { owner } from '../../kinds/owner/index.ts'
import { view } from '../../kinds/view/index.ts'
import type { DbObject } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import { grants } from '../grants.ts'
import type { Look } from '../look.ts'
import { block, code, paragraphs, section, text } from '../markdown.ts'
import { indexes } from './indexes.ts'

/** The views of a namespace, each with its definition as PostgreSQL prints it. */
export function views(look: Look, namespace: string): string[] {
  const here = (o: DbObject<unknown>): boolean => o.path[0] === namespace
  const one = (o: DbObject<{ definition: string }>, facts: readonly string[]): string => {
    const role = look.on(o.id, owner)[0]?.attrs.role
    const comment = look.comment(o.id)
    const about = [...facts, role === undefined ? '' : `owned by ${code(ident(role))}`].filter((f) => f !== '')
    return section(
      3,
      text(o.path[1]!),
      comment === null ? '' : paragraphs(comment),
      about.length === 0 ? '' : `${about.join(' · ')}.`,
      block('sql', o.attrs.definition),
      indexes(look, o.id),
      grants(look, o.id),
    )
  }
  const plain = look
    .all(view)
    .filter(here)
    .map((v) => {
      const { security_invoker: invoker, security_barrier: barrier, check_option: check } = v.attrs.options
      const rights = invoker === 'true' || invoker === 'on' ? "Reads with the caller's rights" : "Reads with its **owner's** rights"
      return one(v, [rights, barrier === 'true' ? 'security barrier' : '', check === undefined ? '' : `check option ${check}`])
    })
  const stored = look
    .all(materializedView)
    .filter(here)
    .map((v) => one(v, [v.attrs.populated ? '' : 'not populated']))
  return [section(2, 'Views', ...plain), section(2, 'Materialised views', ...stored)]
}
