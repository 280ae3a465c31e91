import { connect, type Connection } from '../db/index.ts'
import type { Proof, ProofInput } from '../prove/prove.ts'
import { UserError } from '../model/error.ts'
import { findPgDump, openShadow, type Shadow, type ShadowWish } from '../shadow/index.ts'

/** An error about a server says that it is the shadow's, not the target's. */
function asShadow(error: unknown): never {
  if (!(error instanceof UserError) || error.where.startsWith('shadow')) throw error
  throw new UserError({ where: `shadow on ${error.where}`, what: error.what, todo: error.todo, code: error.code }, { cause: error })
}

/** The one shadow database of a command: opened when first needed, closed with the command. */
export class ShadowSession {
  readonly #spec: string
  #wish: ShadowWish = { major: 15, extensions: [] }
  #shadow: Promise<Shadow> | null = null
  #connection: Promise<Connection> | null = null

  constructor(spec: string | undefined) {
    this.#spec = spec ?? 'auto'
  }

  wish(wish: ShadowWish): void {
    this.#wish = wish
  }

  /** What kind of server this is or will be, without starting it. */
  describe(): string {
    return `${this.#spec} for ${this.#wish.major}`
  }

  shadow(): Promise<Shadow> {
    this.#shadow ??= openShadow(this.#spec, this.#wish).catch(asShadow)
    return this.#shadow
  }

  connection(): Promise<Connection> {
    this.#connection ??= this.shadow().then((s) => connect(s.url, { applicationName: 'pgintent shadow' }))
    return this.#connection
  }

  /** Executes a plan both ways here, watched by every observer there is. */
  async prove(input: Pick<ProofInput, 'from' | 'to' | 'forward' | 'rollback' | 'roles' | 'kept'>): Promise<Proof> {
    const shadow = await this.shadow()
    const connection = await this.connection()
    const { prove } = await import('../prove/prove.ts')
    const { pgDumpWitness, structureWitness } = await import('../prove/witnesses.ts')
    const binary = await findPgDump(Math.floor(shadow.versionNum / 10000))
    const namespaces = [
      ...new Set([...input.from.objects.values(), ...input.to.objects.values()].filter((o) => /^(table|view|function):/.test(o.id)).map((o) => o.path[0]!)),
    ].sort()
    const witnesses = [...(binary === null ? [] : [pgDumpWitness(binary)]), ...(namespaces.length === 0 ? [] : [structureWitness(namespaces)])]
    return prove({ ...input, connection, url: shadow.url, server: shadow.describe, witnesses })
  }

  async close(): Promise<void> {
    await this.#connection?.then((c) => c.close()).catch(() => undefined)
    await this.#shadow?.then((s) => s.close()).catch(() => undefined)
  }
}
