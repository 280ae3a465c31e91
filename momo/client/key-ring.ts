import { createSecretKey, type KeyObject } from 'node:crypto'
import { keyBytes } from './aead.ts'
import type { DataKey, DataKeyStore } from './data-key.ts'
import { DestroyedKeyError, KeyUnwrapError, UnknownKeyError } from './errors.ts'
import type { KeyService } from './key-service.ts'

/** A data key that can be used. */
export interface OpenKey extends DataKey {
  readonly key: KeyObject
}

export interface KeyRingOptions {
  /** How long an unwrapped key is kept, in milliseconds: so long may another process still read after a key was destroyed. Default one minute. */
  readonly keepMs?: number
  /** How many are kept. Default 1000. */
  readonly keep?: number
  /** A clock, in milliseconds. */
  readonly now?: () => number
}

/** Unwraps data keys, and keeps them for a while: a key service is a network away and is paid for by the call. */
export class KeyRing {
  readonly #store: DataKeyStore
  readonly #service: KeyService
  readonly #options: Required<KeyRingOptions>
  readonly #kept = new Map<string, { readonly until: number; readonly opening: Promise<OpenKey> }>()

  constructor(store: DataKeyStore, service: KeyService, options: KeyRingOptions = {}) {
    this.#store = store
    this.#service = service
    this.#options = { keepMs: 60_000, keep: 1000, now: Date.now, ...options }
  }

  /** Throws UnknownKeyError, DestroyedKeyError, KeyUnwrapError, and what store and service throw. */
  open(keyId: string): Promise<OpenKey> {
    const id = keyId.toLowerCase()
    const now = this.#options.now()
    const known = this.#kept.get(id)
    if (known !== undefined && known.until > now) return known.opening
    const opening = this.#unwrap(id)
    this.#kept.delete(id)
    this.#kept.set(id, { until: now + this.#options.keepMs, opening })
    // A failure is not kept: the next call asks again.
    opening.catch(() => this.#kept.get(id)?.opening === opening && this.#kept.delete(id))
    // A map is in the order of insertion: the first is the one that was unwrapped longest ago.
    if (this.#kept.size > this.#options.keep) this.#kept.delete(this.#kept.keys().next().value!)
    return opening
  }

  /** To be called when a key was destroyed, retired or re-wrapped: the next use asks the store. */
  forget(keyId: string): void {
    this.#kept.delete(keyId.toLowerCase())
  }

  async #unwrap(keyId: string): Promise<OpenKey> {
    const found = await this.#store.find(keyId)
    if (found === null) throw new UnknownKeyError(keyId)
    if (found.status === 'destroyed' || found.wrappedDek === null) throw new DestroyedKeyError(keyId)
    // Bound to the id that was asked for, so that a row with a changed id does not pass for another key.
    const dek = await this.#service.unwrap(found.wrappedDek, { ...found, keyId })
    if (dek.length !== keyBytes) throw new KeyUnwrapError(`data key ${keyId} has ${dek.length} bytes and not ${keyBytes}`)
    const key = createSecretKey(dek)
    dek.fill(0)
    return { ...found, keyId, key }
  }
}
