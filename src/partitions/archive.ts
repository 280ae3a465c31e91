import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Connection } from '../db/index.ts'

/** What a stream of rows in COPY's text format holds. Each row is one line: a line break inside a value is escaped. */
export interface Content {
  readonly rows: number
  /** Uncompressed. */
  readonly bytes: number
  /** SHA-256 of the uncompressed bytes, hexadecimal. */
  readonly sha256: string
}

class Tally {
  readonly #hash = createHash('sha256')
  #rows = 0
  #bytes = 0

  add(chunk: Buffer): void {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.#rows++
  }

  result(): Content {
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}

/**
 * Writes what `copy` (COPY … TO STDOUT) gives to a gzip file, which is there whole or not at all. Out: what the server sent. Holds a few
 * packets in memory, whatever the table's size.
 */
export async function writeArchive(connection: Connection, copy: string, file: string): Promise<Content> {
  const tally = new Tally()
  const gzip = createGzip()
  const part = `${file}.part`
  const written = pipeline(gzip, createWriteStream(part, { mode: 0o600 }))
  written.catch(() => undefined)
  await connection.copyOut(copy, async (chunk) => {
    tally.add(chunk)
    if (!gzip.write(chunk)) await Promise.race([once(gzip, 'drain'), written])
  })
  gzip.end()
  await written
  await flush(part)
  await rename(part, file)
  return tally.result()
}

/** Onto the disk, not only into the system's memory: the rows are about to go from the database. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What an archive holds, read back from the disk. */
export async function readArchive(file: string): Promise<Content> {
  const tally = new Tally()
  await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) tally.add(chunk)
  })
  return tally.result()
}
