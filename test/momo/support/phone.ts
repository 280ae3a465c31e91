import { V7Generator } from 'uuidv7'
import type { Copy, Cursor, Page, Stream } from '../../../momo/client/offline/copy.ts'
import { Device, type DeviceParts, type Ids, type Server } from '../../../momo/client/offline/device.ts'
import type { Operation, Result } from '../../../momo/client/offline/operation.ts'
import { memoryStore, type Store } from '../../../momo/client/offline/store.ts'
import type { Connection } from '../../../src/db/index.ts'
import { asPerson, type Person } from './world.ts'

interface PullOptions {
  readonly cursor?: Cursor | null
  readonly page?: number
}

/** One page, as the sync service asks for it. */
export function pullPage(c: Connection, person: Person, stream: string, { cursor = null, page = 500 }: PullOptions = {}): Promise<Page> {
  return asPerson(
    c,
    person,
    async () => {
      const given = [stream, cursor?.epoch ?? null, cursor?.xid ?? null, cursor?.id ?? null, page]
      return (await c.query<{ page: Page }>('select api.sync_pull($1, $2, $3::xid8, $4, $5) as page', given))[0]!.page
    },
    'momo_sync',
  )
}

/** Every page from a cursor on. */
export async function pullAll(c: Connection, person: Person, stream: string, options: PullOptions = {}): Promise<Page[]> {
  const pages: Page[] = []
  do pages.push(await pullPage(c, person, stream, { ...options, cursor: pages.at(-1)?.next ?? options.cursor ?? null }))
  while (pages.at(-1)!.more)
  return pages
}

/** One batch, within a request that has begun. */
export async function pushInside(c: Connection, seq: number, operations: readonly unknown[]): Promise<Result[]> {
  return (await c.query<{ results: Result[] }>('select api.sync_push($1, $2::jsonb) as results', [seq, JSON.stringify(operations)]))[0]!.results
}

/** One batch, as the sync service passes it on. */
export function push(c: Connection, person: Person, seq: number, operations: readonly unknown[]): Promise<Result[]> {
  return asPerson(c, person, () => pushInside(c, seq, operations), 'momo_sync')
}

/** The server as a phone reaches it, over a connection of the sync service. */
export function serverOf(c: Connection, person: Person, page = 500): Server {
  return {
    push: (seq: number, operations: readonly Operation[]) => push(c, person, seq, operations),
    pull: (stream: Stream, cursor: Cursor | null) => pullPage(c, person, stream, { cursor, page }),
  }
}

/** Ids by a clock that may be wrong; always the same ones when the random numbers are. */
export function idsBy(now: () => number, nextUint32?: () => number): Ids {
  const generator = new V7Generator(nextUint32 && { nextUint32 })
  generator.setRollbackAllowance(0)
  return {
    clockOffsetMs: 0,
    next() {
      return generator.generateOrResetWithTs(Math.round(now() + this.clockOffsetMs)).toString()
    },
  }
}

/** A phone with an empty copy. */
export function phone(server: Server, parts: Partial<DeviceParts> = {}): Device {
  const copies = new Map<Stream, Store<Copy>>()
  const copy = (stream: Stream): Store<Copy> => {
    if (!copies.has(stream)) copies.set(stream, memoryStore())
    return copies.get(stream)!
  }
  return new Device({ server, queue: memoryStore(), copy, ids: idsBy(parts.now ?? Date.now), ...parts })
}
