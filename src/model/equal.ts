import type { Json } from './object.ts'

/** Deep equality of JSON values; the order of object keys does not matter, undefined counts as absent. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((v, i) => equal(v, b[i]))
  }
  const x = a as Record<string, Json | undefined>
  const y = b as Record<string, Json | undefined>
  const keys = new Set([...Object.keys(x), ...Object.keys(y)])
  for (const k of keys) if (!equal(x[k], y[k])) return false
  return true
}
