import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { blindIndex, BlindIndexes, hmacSha256 } from '../../momo/client/blind-index.ts'
import { KeyMisuseError } from '../../momo/client/errors.ts'
import { newId } from '../../momo/client/ids.ts'
import { normaliseMsisdn } from '../../momo/client/msisdn.ts'
import { Keys } from './keys.ts'
import { hex, vectors } from './vectors.ts'

const searched = { table: 'app.customers', column: 'msisdn_bidx' }

test.each(vectors<{ case: number; key: string; data: string; mac: string }>('hmac-sha-256'))('HMAC-SHA-256, RFC 4231 case $case', ({ key, data, mac }) => {
  expect(hmacSha256(hex(key), hex(data)).toString('hex')).toBe(mac)
})

test.each(vectors<{ key: string; table: string; column: string; normalised: string; index: string }>('blind-index'))(
  'an index of another implementation is the same: $table.$column',
  ({ key, table, column, normalised, index }) => {
    expect(blindIndex(hex(key), { table, column }, normalised).toString('hex')).toBe(index)
    expect(blindIndex(createSecretKey(hex(key)), { table, column }, normalised, 16).toString('hex')).toBe(index.slice(0, 32))
  },
)

test('one number written in many ways has one index; another number, column or merchant another', async () => {
  const keys = new Keys()
  const [m1, m2] = [newId(), newId()]
  const [k1, k2] = [await keys.make({ merchantId: m1, purpose: 'blind_index' }), await keys.make({ merchantId: m2, purpose: 'blind_index' })]
  const indexes = new BlindIndexes(keys.ring)
  const of = async (key: string, merchant: string, written: string, where = searched): Promise<string> =>
    (await indexes.of(key, merchant, where, normaliseMsisdn(written, 'UG'))).toString('hex')
  const same = await Promise.all(['0772 123 456', '+256 772-123456', '256772123456', '00256 (0)772 123456', '772123456'].map((w) => of(k1, m1, w)))
  expect(new Set(same).size).toBe(1)
  const others = [await of(k1, m1, '0772 123 457'), await of(k2, m2, '0772 123 456'), await of(k1, m1, '0772 123 456', { ...searched, column: 'payer_bidx' })]
  expect(new Set([...same, ...others]).size).toBe(4)
})

test('keys of another purpose or merchant, short keys and odd lengths are refused', async () => {
  const keys = new Keys()
  const merchant = newId()
  const [pii, blind] = [await keys.make({ merchantId: merchant }), await keys.make({ merchantId: merchant, purpose: 'blind_index' })]
  const indexes = new BlindIndexes(keys.ring)
  await expect(indexes.of(pii, merchant, searched, 'x')).rejects.toThrow(`data key ${pii} is for pii and makes no blind index`)
  await expect(indexes.of(blind, newId(), searched, 'x')).rejects.toThrow(KeyMisuseError)
  await expect(indexes.of(blind, null, searched, 'x')).rejects.toThrow(KeyMisuseError)
  expect(() => blindIndex(randomBytes(31), searched, 'x')).toThrow('a blind index needs a key of 32 bytes, and this has 31')
  expect(() => blindIndex(randomBytes(32), searched, '')).toThrow(RangeError)
  for (const bytes of [15, 33, 16.5, Number.NaN]) expect(() => blindIndex(randomBytes(32), searched, 'x', bytes)).toThrow(RangeError)
})
