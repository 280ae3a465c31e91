import { createHmac, type KeyObject } from 'node:crypto'
import { framed } from './bytes.ts'
import { KeyMisuseError } from './errors.ts'
import type { KeyRing } from './key-ring.ts'

/** HMAC-SHA-256 (RFC 2104): 32 bytes. */
export function hmacSha256(key: KeyObject | Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

/** What is searched in, such as `{ table: 'app.customers', column: 'msisdn' }`. The same value in two columns has two indexes. */
export interface Searched {
  readonly table: string
  readonly column: string
}

/**
 * What a value is found by without being readable: a value for a column of app.blind_index. In: a key of 32 bytes or more, and
 * the value in its one normal form. Out: `bytes` bytes, from 16 to 32; fewer bytes never help the search.
 *
 * It shows which rows have the same value, and how often each occurs. Whoever has the key can try all phone numbers in minutes:
 * it is as secret as the numbers are.
 */
export function blindIndex(key: KeyObject | Uint8Array, { table, column }: Searched, normalised: string, bytes = 32): Buffer {
  const size = key instanceof Uint8Array ? key.length : (key.symmetricKeySize ?? 0)
  if (size < 32) throw new KeyMisuseError(`a blind index needs a key of 32 bytes, and this has ${size}`)
  if (!(Number.isInteger(bytes) && bytes >= 16 && bytes <= 32)) throw new RangeError('a blind index has 16 to 32 bytes')
  if (normalised === '') throw new RangeError('an empty text has no blind index; store NULL')
  return hmacSha256(key, framed('momo blind index', table, column, normalised)).subarray(0, bytes)
}

/** Blind indexes under the keys of merchants: nobody can tell that two merchants have the same customer. */
export class BlindIndexes {
  readonly #keys: KeyRing

  constructor(keys: KeyRing) {
    this.#keys = keys
  }

  /**
   * As `blindIndex`, under a stored key. `merchantId` is the merchant whose rows are searched, or null for rows of no merchant.
   * Throws KeyMisuseError for a key of another purpose or merchant, and what `KeyRing.open` throws.
   */
  async of(keyId: string, merchantId: string | null, searched: Searched, normalised: string): Promise<Buffer> {
    const dataKey = await this.#keys.open(keyId)
    if (dataKey.purpose !== 'blind_index') throw new KeyMisuseError(`data key ${keyId} is for ${dataKey.purpose} and makes no blind index`)
    if (dataKey.merchantId?.toLowerCase() !== merchantId?.toLowerCase()) throw new KeyMisuseError(`data key ${keyId} is of another merchant`)
    return blindIndex(dataKey.key, searched, normalised)
  }
}
