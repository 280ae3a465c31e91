/** NUL, and halves of a character that is written as two: JSON can carry them, PostgreSQL's text cannot hold them. */
const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * Throws TypeError for text that the server cannot read anywhere in a value. One such operation would fail every batch that it is
 * in, and with it everything that waits behind it.
 */
export function assertStorable(value: unknown, place: string): void {
  if (typeof value === 'string' && unstorable.test(value)) throw new TypeError(`${place}: it holds a character that cannot be stored; leave it out`)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    assertStorable(key, `a name in ${place}`)
    assertStorable(inner, `${place}.${key}`)
  }
}
