import { nonceBytes, tagBytes } from './aead.ts'
import { uuidBytes, uuidText } from './bytes.ts'
import { MalformedCiphertextError } from './errors.ts'

// version (1) | key id (16) | nonce (12) | ciphertext | tag (16). The domain app.ciphertext checks the version, and that there
// are 46 bytes: the ciphertext, which is as long as the plaintext, has one byte at least.

export const version = 1
const keyIdAt = 1
const nonceAt = 17
const sealedAt = nonceAt + nonceBytes
const leastBytes = sealedAt + 1 + tagBytes

/** A ciphertext taken apart. `header` is version and key id, as they are authenticated. */
export interface Ciphertext {
  readonly header: Uint8Array
  readonly keyId: string
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

/** Version and key id. Throws TypeError for an id that is no UUID. */
export function headerOf(keyId: string): Buffer {
  return Buffer.concat([Buffer.of(version), uuidBytes(keyId)])
}

/** Takes a value of app.ciphertext apart; throws MalformedCiphertextError. Nothing of it is proved yet, the key id included. */
export function parse(value: Uint8Array): Ciphertext {
  if (value.length < leastBytes) throw new MalformedCiphertextError(`a ciphertext has ${leastBytes} bytes or more and this has ${value.length}`)
  if (value[0] !== version) throw new MalformedCiphertextError(`a ciphertext of version ${value[0]} is of a newer program; this one knows version ${version}`)
  return {
    header: value.subarray(0, nonceAt),
    keyId: uuidText(value.subarray(keyIdAt, nonceAt)),
    nonce: value.subarray(nonceAt, sealedAt),
    sealed: value.subarray(sealedAt),
  }
}
