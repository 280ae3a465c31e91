import { ident } from './identifier.ts'
import { literal } from './literal.ts'

export type Options = { readonly [name: string]: string }

const bareValue = /^(-?[0-9]+(\.[0-9]+)?|true|false|on|off|[a-z_]+)$/

function optionName(name: string): string {
  return name.split('.').map(ident).join('.')
}

/** The inside of `WITH (…)` and `SET (…)`: storage parameters and view options. */
export function optionList(options: Options): string {
  return Object.entries(options)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${optionName(k)}=${bareValue.test(v) ? v : literal(v)}`)
    .join(', ')
}

/** ` WITH (…)` or nothing. */
export function withOptions(options: Options): string {
  return Object.keys(options).length === 0 ? '' : ` WITH (${optionList(options)})`
}

/** The `SET (…)` and `RESET (…)` clauses that lead from one set of options to another. */
export function changeOptions(from: Options, to: Options): string[] {
  const set = Object.fromEntries(Object.entries(to).filter(([k, v]) => from[k] !== v))
  const reset = Object.keys(from).filter((k) => !(k in to))
  const out: string[] = []
  if (reset.length > 0) out.push(`RESET (${reset.sort().map(optionName).join(', ')})`)
  if (Object.keys(set).length > 0) out.push(`SET (${optionList(set)})`)
  return out
}

/** `['a=1', 'b=x']` as the catalogs store it, to a record. */
export function parseOptions(list: readonly string[] | null): Options {
  const out: Record<string, string> = {}
  for (const item of list ?? []) {
    const eq = item.indexOf('=')
    out[item.slice(0, eq)] = item.slice(eq + 1)
  }
  return out
}
