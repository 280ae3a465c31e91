import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

export const keyBytes = 32
export const nonceBytes = 12
export const tagBytes = 16

/**
 * AES-256-GCM. In: a key of 32 bytes, a nonce of 12 that this key has never had, and what is authenticated without being
 * encrypted. Out: the ciphertext, as long as the plaintext, and the tag of 16 bytes behind it.
 */
export function seal(key: KeyObject, nonce: Uint8Array, plaintext: Uint8Array, authenticated: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(authenticated)
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** The way back. Out: the plaintext, or null when the key, the nonce, the tag or any byte is another. */
export function open(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, authenticated: Uint8Array): Buffer | null {
  if (sealed.length < tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(authenticated)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - tagBytes))
  try {
    return Buffer.concat([plaintext, decipher.final()])
  } catch {
    return null
  }
}
