/** `schema.config.ts`. Paths are relative to it. */
export interface Config {
  /** The folder, or the file, of the declaration. */
  readonly schema: string
  /** Where the database is; `--url` and DATABASE_URL come first. */
  readonly url?: string
  readonly manage?: Manage
  /** Where PostgreSQL elaborates and proves: `auto`, `embedded`, `docker:IMAGE`, `target`, or a URL. */
  readonly shadow?: string
  /** The folder of plan folders. */
  readonly plans?: string
  readonly docs?: string | { readonly [option: string]: unknown }
  /** The folder, or the file, of access tests: see `schema test`. */
  readonly access?: string
  /** Lint rules by name. */
  readonly lint?: { readonly [rule: string]: 'error' | 'warn' | 'off' }
  /** Caps on locks, by table. */
  readonly budgets?: { readonly [table: string]: unknown }
  readonly attic?: { readonly [option: string]: unknown }
}

export interface Manage {
  /** The namespaces that the declaration names, unless given. */
  readonly namespaces?: readonly string[] | '*'
  readonly roles?: readonly string[]
  readonly extensions?: readonly string[] | '*'
  /** Owns every declared object that does not name its owner. */
  readonly owner?: string
}

/** Gives a configuration its type. */
export function defineConfig(config: Config): Config {
  return config
}
