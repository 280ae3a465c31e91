import { randomBytes } from 'node:crypto'
import { nonceBytes, open, seal } from './aead.ts'
import { framed, uuidBytes, uuidText } from './bytes.ts'
import { headerOf, parse } from './ciphertext.ts'
import { AuthenticationError, KeyMisuseError } from './errors.ts'
import type { KeyRing, OpenKey } from './key-ring.ts'

/**
 * Where a value belongs. It is authenticated with the value, so that nobody with write access to the database can move a value
 * to another row, column or merchant. `table` and `column` are names for this purpose: they stay as they were when the table or
 * the column is renamed, else nothing of it can be read any more.
 */
export interface FieldPlace {
  /** With its namespace: `app.customers`. For a partitioned table the table itself. */
  readonly table: string
  readonly column: string
  /** The row's id, a UUID. */
  readonly rowId: string
  /** Null for rows of no merchant, such as users. */
  readonly merchantId: string | null
}

/**
 * Encrypts fields before PostgreSQL sees them, and decrypts them: AES-256-GCM under a data key, which a key service wraps.
 *
 * Nonces are random, 96 bits. One key may encrypt 2^32 values (NIST SP 800-38D, 8.3); beyond that two of the same nonce get
 * likely, and two are enough to lose the key's authenticity. Nobody counts them here: a key per merchant and year stays far
 * below, 2^32 in a year being 136 in every second. Rotation to a new key starts the count anew.
 */
export class FieldEncryption {
  readonly #keys: KeyRing

  constructor(keys: KeyRing) {
    this.#keys = keys
  }

  /**
   * Out: a value for a column of app.ciphertext, 45 bytes longer than the text is in UTF-8. Its length is not hidden. Throws
   * RangeError for an empty text, which has no ciphertext: store NULL; TypeError for a row id that is no UUID; KeyMisuseError for a key that does not encrypt this; and
   * what `KeyRing.open` throws.
   */
  async encrypt(plaintext: string, place: FieldPlace, keyId: string): Promise<Buffer> {
    if (plaintext === '') throw new RangeError('an empty text is not encrypted; store NULL')
    // Half of a surrogate pair would come back as another character.
    if (!plaintext.isWellFormed()) throw new RangeError('a text with half a character in it is not encrypted')
    const dataKey = await this.#keys.open(keyId)
    if (dataKey.status !== 'active') throw new KeyMisuseError(`data key ${keyId} is ${dataKey.status} and encrypts nothing new; take the active one`)
    refuseMisuse(dataKey, place)
    const header = headerOf(keyId)
    const nonce = randomBytes(nonceBytes)
    return Buffer.concat([header, nonce, seal(dataKey.key, nonce, Buffer.from(plaintext, 'utf8'), authenticated(header, place))])
  }

  /**
   * Throws MalformedCiphertextError, KeyMisuseError, what `KeyRing.open` throws (DestroyedKeyError is what a reader must expect),
   * and AuthenticationError for a value that was not encrypted for this place.
   */
  async decrypt(value: Uint8Array, place: FieldPlace): Promise<string> {
    const { header, keyId, nonce, sealed } = parse(value)
    const dataKey = await this.#keys.open(keyId)
    refuseMisuse(dataKey, place)
    const plaintext = open(dataKey.key, nonce, sealed, authenticated(header, place))
    if (plaintext === null) throw new AuthenticationError(keyId)
    return plaintext.toString('utf8')
  }

  /** The same text under another key, or the value itself when it is under that key already. Write it only over the value it was made from. */
  async rotate(value: Uint8Array, place: FieldPlace, keyId: string): Promise<Uint8Array> {
    return needsRotation(value, keyId) ? this.encrypt(await this.decrypt(value, place), place, keyId) : value
  }
}

/** Whether a value is under another key than the current one. Throws MalformedCiphertextError. */
export function needsRotation(value: Uint8Array, currentKeyId: string): boolean {
  return parse(value).keyId !== currentKeyId.toLowerCase()
}

function refuseMisuse(key: OpenKey, place: FieldPlace): void {
  if (key.purpose === 'blind_index') throw new KeyMisuseError(`data key ${key.keyId} is for blind indexes and encrypts nothing`)
  if (key.merchantId !== null && key.merchantId.toLowerCase() !== place.merchantId?.toLowerCase()) throw new KeyMisuseError(`data key ${key.keyId} is of another merchant`)
}

/** The header, and the place with ids in lower case: the database prints them so, whatever the application wrote. */
function authenticated(header: Uint8Array, { table, column, rowId, merchantId }: FieldPlace): Buffer {
  if (table === '' || column === '') throw new TypeError('a field is of a table and a column')
  const lower = (uuid: string): string => uuidText(uuidBytes(uuid))
  return Buffer.concat([header, framed('momo field', table, column, lower(rowId), merchantId === null ? '' : lower(merchantId))])
}
