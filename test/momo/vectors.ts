import { readFileSync } from 'node:fs'

/** A file of test vectors; `vectors/make.py` says how they were made. */
export const vectors = <T>(name: string): readonly T[] => JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')) as T[]

export const hex = (text: string): Buffer => Buffer.from(text, 'hex')
