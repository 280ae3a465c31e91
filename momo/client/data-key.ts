import { randomBytes } from 'node:crypto'
import { keyBytes } from './aead.ts'
import { newId } from './ids.ts'
import type { KeyContext, KeyService } from './key-service.ts'

/** A data key as it is stored: a row of app.encryption_keys. */
export interface DataKey extends KeyContext {
  /** Null when the key is destroyed. */
  readonly wrappedDek: Uint8Array | null
  /** `active` encrypts and decrypts, `retiring` only decrypts, `destroyed` does neither. */
  readonly status: 'active' | 'retiring' | 'destroyed'
}

/** Where data keys are stored: the table app.encryption_keys. */
export interface DataKeyStore {
  find(keyId: string): Promise<DataKey | null>
}

/** Makes a data key of 32 random bytes, active and wrapped, to be stored. The bytes themselves are forgotten. */
export async function makeDataKey(service: KeyService, wish: Omit<KeyContext, 'keyId'>): Promise<DataKey> {
  const context = { merchantId: wish.merchantId, purpose: wish.purpose, kekRef: wish.kekRef, keyId: newId() }
  const dek = randomBytes(keyBytes)
  try {
    return { ...context, wrappedDek: await service.wrap(dek, context), status: 'active' }
  } finally {
    dek.fill(0)
  }
}

/** The same key under another key-encryption key: what it encrypted stays as it is. */
export async function rewrapDataKey(service: KeyService, key: DataKey, kekRef: string): Promise<DataKey> {
  if (key.wrappedDek === null) return key
  const dek = await service.unwrap(key.wrappedDek, key)
  try {
    return { ...key, kekRef, wrappedDek: await service.wrap(dek, { ...key, kekRef }) }
  } finally {
    dek.fill(0)
  }
}

/** What is left of a key that is shredded. Overwrite the row with it, and remember that backups hold the wrapped key until they expire. */
export function destroyedDataKey(key: DataKey): DataKey {
  return { ...key, wrappedDek: null, status: 'destroyed' }
}
