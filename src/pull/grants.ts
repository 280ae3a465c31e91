import type { GrantAttrs } from '../kinds/grant/index.ts'
import { kindOfId } from '../kinds/phrase.ts'
import type { DbObject, Id } from '../model/object.ts'
import { builtInPrivileges } from '../words/grants.ts'
import { object, quote, type Code } from './code.ts'
import type { Writer } from './writer.ts'

/** A role as a constant. */
export function roleCode(w: Writer, file: string, name: string): string {
  if (name === 'public') {
    w.files.use(file, 'publicRole')
    return 'publicRole'
  }
  return w.use(file, `role:${name}`) ?? quote(name)
}

/** The grants on an object, one entry for each role and grant option. Undefined when there are none. */
export function grantsCode(w: Writer, file: string, target: Id, columns: readonly string[] = []): readonly Code[] | undefined {
  const out = w.takeChildren<GrantAttrs>(target, 'grant').flatMap((g) => entries(w, file, g, undefined))
  for (const c of columns) for (const g of w.takeChildren<GrantAttrs>(c, 'grant')) out.push(...entries(w, file, g, g.path[2]!))
  return out.length === 0 ? undefined : out
}

function entries(w: Writer, file: string, { attrs: a, parent }: DbObject<GrantAttrs>, column: string | undefined): Code[] {
  const usual = [...builtInPrivileges(kindOfId(parent!), a.grantee, w.ownerOf(parent!))].sort()
  const names = Object.keys(a.privileges)
  // That an owner has nothing can only be told from saying nothing when it is said what it would have.
  const silent = names.length === 0 && a.grantee === w.defaultOwner
  const builtIn = usual.join() === a.builtIn.join() && !silent ? undefined : a.builtIn.map(quote)
  const entry = (privileges: readonly string[], grantOption: boolean): Code =>
    object({
      to: roleCode(w, file, a.grantee), privileges: privileges.map(quote), grantOption: grantOption ? 'true' : undefined,
      columns: column === undefined ? undefined : [quote(column)], builtIn,
    }) // prettier-ignore
  const [plain, withOption] = [names.filter((n) => !a.privileges[n]), names.filter((n) => a.privileges[n])]
  if (names.length === 0) return [entry([], false)]
  return [...(plain.length > 0 ? [entry(plain, false)] : []), ...(withOption.length > 0 ? [entry(withOption, true)] : [])]
}
