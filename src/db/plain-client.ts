import { createRequire } from 'node:module'
import { parseUrl } from './url.ts'

/** The driver's own client, for a library that wants to ask through one. */
export interface PlainClient {
  readonly client: unknown
  close(): Promise<void>
}

/**
 * Opens a client of the driver for the library `package`, which must bring the driver itself. That the server goes away
 * under it is no event for the whole process: whoever asks through it learns it by the failing question.
 */
export async function plainClient(url: string, package_: string): Promise<PlainClient> {
  const library = createRequire(createRequire(import.meta.url).resolve(package_))
  const { Client } = library('pg') as { Client: new (config: object) => { connect(): Promise<void>; end(): Promise<void>; on(event: string, f: () => void): void } }
  const { hosts, user, password, database } = parseUrl(url)
  const { host, port } = hosts[0] ?? {}
  const client = new Client({ host, port, user, password, database })
  client.on('error', () => undefined)
  await client.connect()
  return { client, close: () => client.end().catch(() => undefined) }
}
