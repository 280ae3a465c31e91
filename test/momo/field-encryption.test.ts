import { createSecretKey, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { open, seal } from '../../momo/client/aead.ts'
import { AuthenticationError, FieldEncryptionError, KeyMisuseError, MalformedCiphertextError } from '../../momo/client/errors.ts'
import { FieldEncryption, needsRotation, type FieldPlace } from '../../momo/client/field-encryption.ts'
import { newId } from '../../momo/client/ids.ts'
import { Keys } from './keys.ts'
import { randomOf } from './random.ts'
import { hex, vectors } from './vectors.ts'

const merchantId = newId()
const place: FieldPlace = { table: 'app.customers', column: 'msisdn_enc', rowId: newId(), merchantId }
const secret = '+256772123456'

async function setUp() {
  const keys = new Keys()
  return { keys, keyId: await keys.make({ merchantId }), fields: new FieldEncryption(keys.ring) }
}

describe('vectors', () => {
  test.each(vectors<{ case: number; key: string; nonce: string; plaintext: string; aad: string; sealed: string }>('aes-256-gcm'))('AES-256-GCM, published test case $case', (v) => {
    const key = createSecretKey(hex(v.key))
    expect(seal(key, hex(v.nonce), hex(v.plaintext), hex(v.aad)).toString('hex')).toBe(v.sealed)
    expect(open(key, hex(v.nonce), hex(v.sealed), hex(v.aad))?.toString('hex')).toBe(v.plaintext)
  })

  test.each(vectors<{ key: string; keyId: string; place: FieldPlace; plaintext: string; value: string }>('field-encryption'))(
    'a value of another implementation is read: $place.table.$place.column',
    async ({ key, keyId, place: at, plaintext, value }) => {
      const keys = new Keys()
      await keys.put(keyId, hex(key), at.merchantId)
      expect(await new FieldEncryption(keys.ring).decrypt(hex(value), at)).toBe(plaintext)
      expect(hex(value).length).toBe(45 + Buffer.byteLength(plaintext))
    },
  )
})

describe('round trip', () => {
  test('gives back texts of all lengths and scripts, and is never twice the same', async () => {
    const { fields, keyId } = await setUp()
    const random = randomOf(1)
    const alphabets = ['0123456789', 'aé€𝒳🌿', ' \n\0\\\'"', 'ابجد', '中文']
    for (let n = 0; n < 500; n++) {
      const alphabet = [...alphabets[n % alphabets.length]!]
      const text = Array.from({ length: 1 + Math.floor(random() * 60) }, () => alphabet[Math.floor(random() * alphabet.length)]!).join('')
      const at = { ...place, rowId: newId() }
      const [one, two] = [await fields.encrypt(text, at, keyId), await fields.encrypt(text, at, keyId)]
      expect(one.equals(two)).toBe(false)
      expect([await fields.decrypt(one, at), await fields.decrypt(two, at)]).toEqual([text, text])
    }
  })

  test('ids may be written in capitals', async () => {
    const { fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, { ...place, rowId: place.rowId.toUpperCase() }, keyId.toUpperCase())
    expect(await fields.decrypt(value, place)).toBe(secret)
  })

  test('what would not come back is refused', async () => {
    const { fields, keyId } = await setUp()
    await expect(fields.encrypt('', place, keyId)).rejects.toThrow('an empty text is not encrypted; store NULL')
    await expect(fields.encrypt('a\ud800', place, keyId)).rejects.toThrow('half a character')
    await expect(fields.encrypt(secret, { ...place, rowId: 'undefined' }, keyId)).rejects.toThrow('not a UUID')
    await expect(fields.encrypt(secret, { ...place, column: '' }, keyId)).rejects.toThrow('a field is of a table and a column')
  })
})

describe('what was tampered with is not read', () => {
  test('one flipped bit, wherever it is', async () => {
    const { fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, place, keyId)
    for (let bit = 0; bit < value.length * 8; bit++) {
      const flipped = Buffer.from(value)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      await expect(fields.decrypt(flipped, place), `bit ${bit}`).rejects.toBeInstanceOf(FieldEncryptionError)
    }
  })

  test('a byte more, and every shorter beginning', async () => {
    const { fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, place, keyId)
    await expect(fields.decrypt(Buffer.concat([value, Buffer.of(0)]), place)).rejects.toBeInstanceOf(AuthenticationError)
    for (let length = 0; length < value.length; length++)
      await expect(fields.decrypt(value.subarray(0, length), place), String(length)).rejects.toBeInstanceOf(length < 46 ? MalformedCiphertextError : AuthenticationError)
  })

  test('a value of another row, column, table or merchant', async () => {
    const { keys, fields } = await setUp()
    const shared = await keys.make({ merchantId: null })
    const value = await fields.encrypt(secret, place, shared)
    const others: Partial<FieldPlace>[] = [{ rowId: newId() }, { column: 'email_enc' }, { table: 'app.users' }, { merchantId: newId() }, { merchantId: null }]
    for (const other of others) await expect(fields.decrypt(value, { ...place, ...other }), inspect(other)).rejects.toBeInstanceOf(AuthenticationError)
    // The same letters, divided otherwise.
    const at = { ...place, table: 'app.a', column: 'bc' }
    await expect(fields.decrypt(await fields.encrypt(secret, at, shared), { ...at, table: 'app.ab', column: 'c' })).rejects.toBeInstanceOf(AuthenticationError)
  })

  test('rows whose values were swapped', async () => {
    const { fields, keyId } = await setUp()
    const [a, b] = [
      { ...place, rowId: newId() },
      { ...place, rowId: newId() },
    ]
    const [ofA, ofB] = [await fields.encrypt('+256772000001', a, keyId), await fields.encrypt('+256772000002', b, keyId)]
    await expect(fields.decrypt(ofB, a)).rejects.toBeInstanceOf(AuthenticationError)
    await expect(fields.decrypt(ofA, b)).rejects.toBeInstanceOf(AuthenticationError)
  })

  test('the id of another key in the header, and another key under the same id', async () => {
    const { keys, fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, place, keyId)
    const other = await keys.make({ merchantId })
    const renamed = Buffer.from(value)
    hex(other.replaceAll('-', '')).copy(renamed, 1)
    await expect(fields.decrypt(renamed, place)).rejects.toBeInstanceOf(AuthenticationError)
    await keys.put(keyId, randomBytes(32), merchantId)
    keys.ring.forget(keyId)
    await expect(fields.decrypt(value, place)).rejects.toBeInstanceOf(AuthenticationError)
  })

  test('a version that is not known is said', async () => {
    const { fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, place, keyId)
    value[0] = 2
    await expect(fields.decrypt(value, place)).rejects.toThrow('a ciphertext of version 2 is of a newer program; this one knows version 1')
  })
})

describe('keys', () => {
  test('rotation: the old key decrypts, the new one encrypts', async () => {
    const { keys, fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, place, keyId)
    const next = await keys.make({ merchantId })
    keys.change(keyId, { status: 'retiring' })
    keys.ring.forget(keyId)
    await expect(fields.encrypt(secret, place, keyId)).rejects.toThrow(KeyMisuseError)
    expect([needsRotation(value, keyId), needsRotation(value, next)]).toEqual([false, true])

    const rotated = await fields.rotate(value, place, next)
    expect(needsRotation(rotated, next)).toBe(false)
    expect(await fields.rotate(rotated, place, next)).toBe(rotated)
    keys.destroy(keyId)
    keys.ring.forget(keyId)
    expect(await fields.decrypt(rotated, place)).toBe(secret)
    await expect(fields.rotate(value, place, next)).rejects.toThrow(/destroyed/)
  })

  test('the key of another merchant, and one for blind indexes, encrypt and decrypt nothing', async () => {
    const { keys, fields, keyId } = await setUp()
    const value = await fields.encrypt(secret, place, keyId)
    const elsewhere = { ...place, merchantId: newId() }
    await expect(fields.encrypt(secret, elsewhere, keyId)).rejects.toThrow(`data key ${keyId} is of another merchant`)
    await expect(fields.decrypt(value, elsewhere)).rejects.toThrow(KeyMisuseError)
    const blind = await keys.make({ merchantId, purpose: 'blind_index' })
    await expect(fields.encrypt(secret, place, blind)).rejects.toThrow(`data key ${blind} is for blind indexes and encrypts nothing`)
  })

  test('no error tells the text, the key or the value', async () => {
    const dek = randomBytes(32)
    const keys = new Keys()
    const keyId = newId()
    await keys.put(keyId, dek, merchantId)
    const fields = new FieldEncryption(keys.ring)
    const value = await fields.encrypt(secret, place, keyId)
    const flipped = Buffer.from(value)
    flipped[value.length - 1]! ^= 1
    const failures = [
      () => fields.decrypt(flipped, place),
      () => fields.decrypt(value.subarray(0, 40), place),
      () => fields.decrypt(value, { ...place, rowId: secret }),
      () => fields.decrypt(value, { ...place, merchantId: newId() }),
      () => fields.encrypt(`${secret}\ud800`, place, keyId),
      () => fields.encrypt(secret, place, newId()),
    ]
    for (const fail of failures) {
      const error = await fail().then(
        () => null,
        (e: unknown) => e,
      )
      expect(error).toBeInstanceOf(Error)
      const told = inspect(error, { depth: 9, showHidden: true })
      for (const hidden of [secret, dek.toString('hex'), dek.toString('base64'), value.subarray(17).toString('hex')]) expect(told).not.toContain(hidden)
    }
    expect(inspect(await keys.ring.open(keyId), { depth: 9, showHidden: true })).not.toContain(dek.toString('hex').slice(0, 8))
  })
})
