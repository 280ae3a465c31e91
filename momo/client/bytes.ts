/** The 16 bytes of a UUID in text. Throws TypeError for what is none, without repeating it. */
export function uuidBytes(uuid: string): Buffer {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) throw new TypeError('not a UUID of 36 characters')
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

/** The text of a UUID of 16 bytes, in lower case. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Texts as bytes that no other list of texts gives: each is UTF-8 with its length before it, in four bytes, big-endian. */
export function framed(...texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text, 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
}
