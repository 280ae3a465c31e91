import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What commands need to speak of the MoMo declaration. */
export const declared = ['--config', `${root}schema.config.ts`, '--schema', `${root}schema`]

/** Runs with environment variables, which commands started meanwhile inherit. */
export async function withEnv<T>(env: { readonly [name: string]: string }, use: () => Promise<T>): Promise<T> {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, env)
  try {
    return await use()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
