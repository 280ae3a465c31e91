import { UUID, V7Generator } from 'uuidv7'

// Nothing here needs Node.js: a phone without a connection makes the ids of what it captures.

const minute = 60_000
/** How old an id may be when it reaches the server, in milliseconds: a phone may be offline for 30 days. */
export const offlineWindowMs = 30 * 24 * 60 * minute
/** How far ahead of the server's clock an id may be, in milliseconds. */
export const aheadWindowMs = 5 * minute

export interface IdMakerOptions {
  /** The device's clock, in milliseconds. */
  readonly now?: () => number
  /** See `deviceClockOffset`. */
  readonly clockOffsetMs?: number
}

/**
 * Makes UUIDs of version 7 by the server's clock, as far as the device knows it. Each is greater than the one before, also when
 * the clock steps back by up to five minutes: then they go on from the last moment. After a greater step the moment of the last
 * one would lie where the server refuses it, so the order starts anew at the moment the clock says.
 */
export class IdMaker {
  /** In milliseconds; may be set at any time. */
  clockOffsetMs: number
  readonly #now: () => number
  readonly #generator = new V7Generator({ nextUint32: randomUint32 })

  constructor({ now = Date.now, clockOffsetMs = 0 }: IdMakerOptions = {}) {
    this.#now = now
    this.clockOffsetMs = clockOffsetMs
    this.#generator.setRollbackAllowance(aheadWindowMs)
  }

  next(): string {
    return this.#generator.generateOrResetWithTs(Math.round(this.#now() + this.clockOffsetMs)).toString()
  }
}

/** Fills bytes from a generator that nobody can guess; the package alone would do with Math.random where there is none. */
function randomise<T extends Uint8Array | Uint32Array>(bytes: T): T {
  if (typeof globalThis.crypto?.getRandomValues !== 'function') throw new Error('there are no secure random numbers here; load a polyfill of crypto.getRandomValues first')
  return globalThis.crypto.getRandomValues(bytes)
}

const pool = new Uint32Array(64)
let drawn = pool.length

function randomUint32(): number {
  if (drawn === pool.length) {
    randomise(pool)
    drawn = 0
  }
  return pool[drawn++]!
}

/** Ids for everything that this process makes. Set its `clockOffsetMs` when the server has told the time. */
export const ids = new IdMaker()

/** A new id from `ids`. */
export const newId = (): string => ids.next()

/** When an id was made, by the clock that its maker knew. Throws TypeError for what is no UUID of version 7. */
export function idTime(id: string): Date {
  const bytes = v7Bytes(id)
  if (bytes === null) throw new TypeError('not a UUID of version 7')
  return new Date(bytes.subarray(0, 6).reduce((ms, byte) => ms * 256 + byte, 0))
}

/**
 * Whether the server takes an id that a device made: of version 7, not older than 30 days and not more than five minutes ahead.
 * What it does not take is captured anew under a new id and the same idempotency key.
 */
export function withinOfflineWindow(id: string, now: Date): boolean {
  if (v7Bytes(id) === null) return false
  const age = now.getTime() - idTime(id).getTime()
  return age <= offlineWindowMs && age >= -aheadWindowMs
}

function v7Bytes(id: string): Readonly<Uint8Array> | null {
  try {
    const parsed = UUID.parse(id)
    return parsed.getVersion() === 7 ? parsed.bytes : null
  } catch {
    return null
  }
}

/**
 * A new X-Reference-Id for the provider, which takes UUIDs of version 4 only. Store it before the call: a call whose answer was
 * lost is repeated under the same one, and the provider's 409 then says that the first had arrived.
 */
export function newReferenceId(): string {
  const bytes = randomise(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return UUID.ofInner(bytes).toString()
}
