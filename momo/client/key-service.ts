import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { keyBytes, nonceBytes, open, seal } from './aead.ts'
import { framed } from './bytes.ts'
import { KeyUnwrapError } from './errors.ts'

/** What a data key is for, as app.encryption_keys has it. */
export type KeyPurpose = 'pii' | 'kyc' | 'provider_payload' | 'blind_index'

/** What a wrapped data key is bound to. Nobody can hand the wrapped key of one merchant out as that of another. */
export interface KeyContext {
  readonly keyId: string
  /** Null for keys that serve all merchants. */
  readonly merchantId: string | null
  readonly purpose: KeyPurpose
  /** Which key-encryption key wraps it: the URI of a key in a KMS. */
  readonly kekRef: string
}

/**
 * Where key-encryption keys live. They never leave it; data keys go in and out, wrapped and unwrapped. A KMS does this: wrap is
 * its Encrypt and unwrap its Decrypt, with the context as encryption context (AWS) or as additional authenticated data
 * (Google, Azure, Vault transit). A program has the right to unwrap; only the one that makes keys has the right to wrap.
 */
export interface KeyService {
  wrap(dek: Uint8Array, context: KeyContext): Promise<Uint8Array>
  /**
   * Out: bytes that are the caller's, who overwrites them after use. Throws KeyUnwrapError for a key that was wrapped for another
   * context; what hinders the service itself goes through.
   */
  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<Uint8Array>
}

/** A key service for tests and for development: its keys are in memory and go with the process. */
export class InMemoryKeyService implements KeyService {
  readonly #keks = new Map<string, KeyObject>()

  /** Makes a key-encryption key, or takes one of 32 bytes. */
  addKek(kekRef: string, kek: Uint8Array = randomBytes(keyBytes)): void {
    this.#keks.set(kekRef, createSecretKey(kek))
  }

  wrap(dek: Uint8Array, context: KeyContext): Promise<Uint8Array> {
    const nonce = randomBytes(nonceBytes)
    return this.#with(context, (kek) => Buffer.concat([nonce, seal(kek, nonce, dek, authenticated(context))]))
  }

  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<Uint8Array> {
    return this.#with(context, (kek) => {
      const dek = open(kek, wrapped.subarray(0, nonceBytes), wrapped.subarray(nonceBytes), authenticated(context))
      if (dek === null) throw new KeyUnwrapError(`data key ${context.keyId} was not wrapped by ${context.kekRef} for this merchant and purpose`)
      return dek
    })
  }

  async #with(context: KeyContext, use: (kek: KeyObject) => Uint8Array): Promise<Uint8Array> {
    const kek = this.#keks.get(context.kekRef)
    if (kek === undefined) throw new KeyUnwrapError(`there is no key-encryption key ${context.kekRef}`)
    return use(kek)
  }
}

const authenticated = ({ keyId, merchantId, purpose, kekRef }: KeyContext): Buffer => framed('momo data key', keyId, merchantId ?? '', purpose, kekRef)
