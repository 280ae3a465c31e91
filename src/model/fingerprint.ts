import { createHash } from 'node:crypto'
import type { Json } from './object.ts'
import type { Model } from './model.ts'

/** JSON with sorted keys, so that equal values have equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Record<string, Json | undefined>).filter(([, v]) => v !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v as Json)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256 over every object's id and attributes, in id order: equal models, equal fingerprints. Hexadecimal. */
export function fingerprint(model: Model): string {
  const hash = createHash('sha256')
  for (const id of [...model.objects.keys()].sort()) {
    const o = model.objects.get(id)!
    hash.update(`${id}\t${attrsText(o.attrs)}\n`)
  }
  return hash.digest('hex')
}

/** Attributes are never changed in place, and states that are compared share those of what did not change. */
const texts = new WeakMap<object, string>()

function attrsText(attrs: Json & object): string {
  const known = texts.get(attrs)
  if (known !== undefined) return known
  const text = canonicalJson(attrs)
  texts.set(attrs, text)
  return text
}
