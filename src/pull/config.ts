import { object, print, quote, unlessEmpty } from './code.ts'

export interface PullOptions {
  /** The namespaces that were read; `*` for all. */
  readonly namespaces?: readonly string[] | '*'
  readonly extensions?: readonly string[] | '*'
}

/** The text of `schema.config.ts`. */
export function configText(owner: string | undefined, roles: readonly string[], options: PullOptions): string {
  const list = (names: readonly string[] | '*' | undefined) => (names === undefined ? undefined : names === '*' ? quote('*') : names.map(quote))
  const manage = object({
    namespaces: list(options.namespaces ?? '*'),
    roles: roles.length === 0 ? undefined : [...roles].sort().map(quote),
    extensions: list(options.extensions),
    owner: owner === undefined ? undefined : quote(owner),
  })
  return `import { defineConfig } from 'pgintent'\n\nexport default defineConfig(${print(object({ schema: quote('schema'), manage: unlessEmpty(manage) }), '', 28)})\n`
}
