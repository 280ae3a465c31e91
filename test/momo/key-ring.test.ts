import { expect, test, vi } from 'vitest'
import { rewrapDataKey } from '../../momo/client/data-key.ts'
import { DestroyedKeyError, KeyUnwrapError, UnknownKeyError } from '../../momo/client/errors.ts'
import { FieldEncryption, type FieldPlace } from '../../momo/client/field-encryption.ts'
import { newId } from '../../momo/client/ids.ts'
import { kekRef, Keys } from './keys.ts'

const place: FieldPlace = { table: 'app.users', column: 'email_enc', rowId: newId(), merchantId: null }

test('a destroyed key leaves nothing that can be read, one minute later at the latest', async () => {
  let now = 0
  const keys = new Keys({ now: () => now })
  const fields = new FieldEncryption(keys.ring)
  const keyId = await keys.make()
  const value = await fields.encrypt('ana@example.ug', place, keyId)
  keys.destroy(keyId)
  now = 59_999
  expect(await fields.decrypt(value, place)).toBe('ana@example.ug')
  now = 60_000
  await expect(fields.decrypt(value, place)).rejects.toThrow(`data key ${keyId} is destroyed: what it encrypted cannot be read any more; show the person as erased`)
  await expect(fields.encrypt('x', place, keyId)).rejects.toBeInstanceOf(DestroyedKeyError)
})

test('the process that destroys a key forgets it at once', async () => {
  const keys = new Keys()
  const fields = new FieldEncryption(keys.ring)
  const keyId = await keys.make()
  const value = await fields.encrypt('x', place, keyId)
  keys.destroy(keyId)
  keys.ring.forget(keyId.toUpperCase())
  await expect(fields.decrypt(value, place)).rejects.toBeInstanceOf(DestroyedKeyError)
})

test('a key is unwrapped once for many values, and no more are kept than asked for', async () => {
  const keys = new Keys({ keep: 2 })
  const unwrap = vi.spyOn(keys.service, 'unwrap')
  const [a, b, c] = [await keys.make(), await keys.make(), await keys.make()]
  await Promise.all(Array.from({ length: 20 }, () => keys.ring.open(a)))
  expect(unwrap).toHaveBeenCalledTimes(1)
  await keys.ring.open(b)
  await keys.ring.open(c)
  expect(unwrap).toHaveBeenCalledTimes(3)
  await keys.ring.open(c)
  expect(unwrap).toHaveBeenCalledTimes(3)
  await keys.ring.open(a)
  expect(unwrap).toHaveBeenCalledTimes(4)
})

test('a failure is not kept', async () => {
  const keys = new Keys()
  const keyId = await keys.make()
  const row = keys.rows.get(keyId)!
  keys.rows.delete(keyId)
  await expect(keys.ring.open(keyId)).rejects.toBeInstanceOf(UnknownKeyError)
  keys.rows.set(keyId, row)
  expect((await keys.ring.open(keyId)).keyId).toBe(keyId)
})

test('a wrapped key serves only the id, merchant and purpose it was wrapped for', async () => {
  const keys = new Keys()
  const keyId = await keys.make({ merchantId: newId() })
  const row = keys.rows.get(keyId)!
  const other = newId()
  for (const [id, change] of [[keyId, { merchantId: newId() }], [keyId, { merchantId: null }], [keyId, { purpose: 'kyc' }], [other, { keyId: other }], [other, {}]] as const) {
    keys.rows.set(id, { ...row, ...change })
    keys.ring.forget(id)
    await expect(keys.ring.open(id)).rejects.toBeInstanceOf(KeyUnwrapError)
  } // prettier-ignore
})

test('a new key-encryption key wraps the same data key, and the old one is not needed any more', async () => {
  const keys = new Keys()
  const fields = new FieldEncryption(keys.ring)
  const keyId = await keys.make()
  const value = await fields.encrypt('x', place, keyId)
  keys.service.addKek('memory:kek-2')
  keys.rows.set(keyId, await rewrapDataKey(keys.service, keys.rows.get(keyId)!, 'memory:kek-2'))
  keys.service.addKek(kekRef)
  keys.ring.forget(keyId)
  expect(await fields.decrypt(value, place)).toBe('x')
  keys.change(keyId, { kekRef: 'memory:none' })
  keys.ring.forget(keyId)
  await expect(fields.decrypt(value, place)).rejects.toThrow('there is no key-encryption key memory:none')
})
