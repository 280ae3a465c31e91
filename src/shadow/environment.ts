/**
 * The environment of the server's own processes. Almost empty: `PG…` variables of the user must not reach a shadow,
 * nor must secrets, which SQL in the shadow could read. What the loader of a system needs to find libraries passes.
 */
export function environment(): NodeJS.ProcessEnv {
  const passed = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'LOCALE_ARCHIVE', 'SYSTEMROOT']
  const values = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]))
  return { ...Object.fromEntries(values), LC_ALL: 'C' }
}
