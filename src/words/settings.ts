import { ident } from '../sql/identifier.ts'

/** Run-time settings by name. A list is a list of names, as in `search_path: ['app', 'pg_temp']`. */
export type Settings = { readonly [name: string]: string | number | boolean | readonly string[] }

/** Settings as the catalogs keep them. */
export function settingsOf(settings: Settings | undefined): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(settings ?? {})) {
    if (Array.isArray(value)) out[name] = value.map((v: string) => ident(v)).join(', ') || '""'
    else if (typeof value === 'boolean') out[name] = value ? 'on' : 'off'
    // SET search_path = '' is kept as a list of one empty name.
    else out[name] = value === '' && name === 'search_path' ? '""' : String(value)
  }
  return out
}

/** Storage parameters and view options: everything is text in the catalogs. */
export type OptionValues = { readonly [name: string]: string | number | boolean }

export function optionsOf(options: OptionValues | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(options ?? {}).map(([k, v]) => [k, String(v)]))
}
