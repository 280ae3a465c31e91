import { index, type IndexElement } from '../../kinds/index/index.ts'
import type { Id } from '../../model/object.ts'
import { ident, identList } from '../../sql/identifier.ts'
import type { Look } from '../look.ts'
import { code, grid, text } from '../markdown.ts'

/** The indexes of a table or materialised view, other than those of its keys. */
export function indexes(look: Look, id: Id): string {
  const rows = look
    .on(id, index)
    .map(({ id: self, path, attrs: a }) => [
      code(ident(path[1]!)),
      [a.unique ? 'unique' : '', a.method === 'btree' ? '' : a.method, a.nullsNotDistinct ? 'nulls too' : '', a.valid ? '' : 'INVALID'].filter((p) => p !== '').join(', '),
      code(a.on.map(element).join(', ')),
      code(identList(a.include)),
      code(a.where ?? ''),
      text(look.comment(self) ?? ''),
    ])
  return grid(['Index', 'Kind', 'On', 'Includes', 'Where', 'Comment'], rows)
}

function element(e: IndexElement): string {
  const nulls = e.nullsFirst === e.descending ? '' : e.nullsFirst ? 'NULLS FIRST' : 'NULLS LAST'
  const parts = [e.column === null ? e.expression! : ident(e.column), e.collation === null ? '' : `COLLATE ${e.collation}`, e.opclass ?? '', e.descending ? 'DESC' : '', nulls]
  return parts.filter((p) => p !== '').join(' ')
}
