import { literal } from '../sql/literal.ts'

/** Settings that hold a list of names, each with its own quoting (GUC_LIST_QUOTE; pg_dump's variable_is_guc_list_quote). */
const lists = /^(search_path|temp_tablespaces|local_preload_libraries|session_preload_libraries|shared_preload_libraries|unix_socket_directories)$/i

/** A setting's value as SET takes it from what the catalogs hold: an empty name in a list can only be said as a literal. */
export function settingValue(name: string, value: string): string {
  if (!lists.test(name)) return literal(value)
  return value === '' ? "''" : value.replace(/(^|, *)""(?= *(,|$))/g, "$1''")
}
