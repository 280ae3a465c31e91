import { destroyedDataKey, makeDataKey, type DataKey, type DataKeyStore } from '../../momo/client/data-key.ts'
import { KeyRing, type KeyRingOptions } from '../../momo/client/key-ring.ts'
import { InMemoryKeyService, type KeyContext } from '../../momo/client/key-service.ts'

export const kekRef = 'memory:kek-1'

/** Data keys as encryption_keys would hold them, with a key service. */
export class Keys implements DataKeyStore {
  readonly service = new InMemoryKeyService()
  readonly rows = new Map<string, DataKey>()
  readonly ring: KeyRing

  constructor(options: KeyRingOptions = {}) {
    this.service.addKek(kekRef)
    this.ring = new KeyRing(this, this.service, options)
  }

  find(keyId: string): Promise<DataKey | null> {
    return Promise.resolve(this.rows.get(keyId) ?? null)
  }

  async make(wish: Partial<KeyContext> = {}): Promise<string> {
    const made = await makeDataKey(this.service, { merchantId: null, purpose: 'pii', kekRef, ...wish })
    this.rows.set(made.keyId, made)
    return made.keyId
  }

  /** A key of known bytes. */
  async put(keyId: string, dek: Uint8Array, merchantId: string | null = null): Promise<void> {
    const context: KeyContext = { keyId, merchantId, purpose: 'pii', kekRef }
    this.rows.set(keyId, { ...context, wrappedDek: await this.service.wrap(dek, context), status: 'active' })
  }

  change(keyId: string, change: Partial<DataKey>): void {
    this.rows.set(keyId, { ...this.rows.get(keyId)!, ...change })
  }

  destroy(keyId: string): void {
    this.rows.set(keyId, destroyedDataKey(this.rows.get(keyId)!))
  }
}
