import { createHash } from 'node:crypto'
import { emptyCopy, type Copy, type Row, type Stream } from '../../../momo/client/offline/copy.ts'
import { Device } from '../../../momo/client/offline/device.ts'
import type { CreateOperation, Operation } from '../../../momo/client/offline/operation.ts'
import type { Queue } from '../../../momo/client/offline/queue.ts'
import { memoryStore, type Store } from '../../../momo/client/offline/store.ts'
import { idsBy } from './phone.ts'

export const day = 24 * 3600 * 1000

/** A sequence of random numbers from 0 to 1 that is the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Who holds a phone, and by how much its clock is wrong. */
export interface Phone {
  readonly holder: 'owner' | 'manager' | 'cashier'
  readonly skewMs: number
}

export const phones: readonly Phone[] = [
  { holder: 'owner', skewMs: 0 },
  { holder: 'owner', skewMs: 40 * day },
  { holder: 'manager', skewMs: -40 * day },
  { holder: 'manager', skewMs: -10 * day },
  { holder: 'cashier', skewMs: 2 * 60_000 },
]

export interface Captured {
  /** What is there before the month begins: two outlets, three customers, four payment requests. The cashier works in the first outlet. */
  readonly setUp: readonly CreateOperation[]
  /** In the order in which they really happened, whatever the clocks said. */
  readonly operations: readonly { readonly phone: number; readonly operation: Operation }[]
}

/**
 * A month in which five phones of one merchant are offline, recorded with the client that phones run. In: a seed, when the month
 * began, and how many things happened on each phone. Operations refer to what was there before or was made on the same phone,
 * as a phone knows of nothing else; and nothing that is paid to or for is deleted.
 */
export async function captureMonth(seed: number, start: number, each: number): Promise<Captured> {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const bytes = (length: number, first: number[] = []) => Buffer.from([...first, ...Array.from({ length }, () => Math.floor(random() * 256))]).toString('base64')
  const uint32 = () => Math.floor(random() * 2 ** 32)
  const token = () => createHash('sha256').update(String(random())).digest('hex').slice(0, 32)

  const ids = idsBy(() => start, uint32)
  const made = (table: CreateOperation['table'], patch: object): CreateOperation => ({
    op_id: ids.next(),
    id: ids.next(),
    captured_at: new Date(start).toISOString(),
    kind: 'create',
    table,
    patch: { ...patch },
  })
  const outlets = ['Hill', 'Lake'].map((name, i) => made('outlets', { name, code: `S${i}`, address_line: null }))
  const customers = [1, 2, 3].map((n) => made('customers', { msisdn_last4: `000${n}`, marketing_consent_at: null, notes_enc: bytes(60, [1]) }))
  const requests = [1, 2, 3, 4].map((n) =>
    made('payment_requests', { kind: 'invoice', public_token: token(), currency: 'UGX', outlet_id: outlets[0]!.id, description: `Invoice ${n}`, expires_at: null }),
  )
  const setUp = [...outlets, ...customers, ...requests]

  const happened: { at: number; phone: number; operation: Operation }[] = []
  for (const [number, { holder, skewMs }] of phones.entries()) {
    let at = start
    const copies = copiesOf(setUp)
    const now = () => at + skewMs
    const device = new Device({ server: offline, queue: memoryStore<Queue>(), copy: (s) => copies(s), ids: idsBy(now, uint32), now })
    const record = async (done: Promise<Operation>) => void happened.push({ at, phone: number, operation: await done })
    const own: { customers: string[]; outlets: string[] } = { customers: [], outlets: [] }
    const outlet = () => (holder === 'cashier' ? outlets[0]! : pick(outlets)).id
    const pay = (args: object = {}) =>
      record(
        device.submit({
          type: pick(['collection', 'collection', 'deposit', 'disbursement', 'withdrawal']),
          amount_minor: 1 + Math.floor(random() * 50_000),
          currency: 'UGX',
          outlet_id: outlet(),
          reference: `${number}-${happened.length}`,
          ...(random() < 0.3 ? { customer_id: pick([...own.customers, ...customers.map((c) => c.id)]), payer_enc: bytes(60, [1]), payer_last4: '0001' } : {}),
          ...args,
        }),
      )
    for (let i = 0; i < each; i++) {
      at = start + ((i + random()) * 29 * day) / each
      const dice = random()
      if (dice < 0.6) await pay()
      else if (dice < 0.68) {
        await record(device.create('customers', { msisdn_bidx: bytes(32), msisdn_last4: '4711', display_name_enc: bytes(60, [1]) }))
        own.customers.push(happened.at(-1)!.operation.id)
      } else if (dice < 0.76) {
        const amount = 1 + Math.floor(random() * 9000)
        await record(device.create('payment_requests', { kind: 'qr', public_token: token(), currency: 'UGX', amount_minor: amount, outlet_id: outlet() }))
        await pay({ type: 'collection', amount_minor: amount, payment_request_id: happened.at(-1)!.operation.id })
      } else if (dice < 0.84) await record(device.update('payment_requests', pick(requests).id, { description: `Said by ${number} at ${i}` }))
      else if (dice < 0.9) await record(device.update('customers', pick(customers).id, random() < 0.5 ? { msisdn_last4: String(1000 + i) } : { notes_enc: bytes(60, [1]) }))
      else if (holder === 'cashier') await pay()
      else if (dice < 0.95) await record(device.update('outlets', pick(outlets).id, random() < 0.5 ? { name: `Name ${number}.${i}` } : { address_line: `Road ${number}.${i}` }))
      else if (dice < 0.98 || own.outlets.length === 0) {
        await record(device.create('outlets', { name: `Stall ${i}`, code: `${number}.${i}` }))
        own.outlets.push(happened.at(-1)!.operation.id)
      } else await record(device.delete('outlets', own.outlets.pop()!))
    }
  }
  return { setUp, operations: happened.toSorted((a, b) => a.at - b.at) }
}

const offline = {
  push: () => Promise.reject(new Error('offline')),
  pull: () => Promise.reject(new Error('offline')),
}

/** What a phone holds after it has pulled that. */
function copiesOf(rows: readonly CreateOperation[]): (stream: Stream) => Store<Copy> {
  const copies = new Map<Stream, Store<Copy>>()
  return (stream) => {
    const known = copies.get(stream)
    if (known !== undefined) return known
    const store = memoryStore<Copy>()
    const held = rows.filter((o) => o.table === stream).map((o): [string, Row] => [o.id, { ...o.patch, id: o.id, row_version: 1 }])
    void store.save({ ...emptyCopy, rows: Object.fromEntries(held) })
    copies.set(stream, store)
    return store
  }
}
