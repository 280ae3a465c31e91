import { NormalisationError } from './errors.ts'

/**
 * A mail address in its one normal form: without spaces around it, in Unicode's composed form (NFC), the domain in lower case.
 * Throws NormalisationError for what is clearly no address, without repeating it.
 *
 * Deliberately not done: the local part keeps its case, its dots and its +tag, because only the receiving domain knows whether
 * they matter, and taking two people for one is worse than taking one for two. Domains are not converted to or from Punycode,
 * and nothing asks whether the address exists.
 */
export function normaliseEmail(written: string): string {
  const [local, domain, ...more] = written.trim().normalize('NFC').split('@')
  if (!local || !domain || more.length > 0) throw new NormalisationError('mail address', 'it is not two parts with one @ between them')
  if (/[\s\p{Cc}\p{Cf}]/u.test(local + domain)) throw new NormalisationError('mail address', 'it holds spaces or invisible characters')
  if (!/^[^.]+(\.[^.]+)+$/.test(domain)) throw new NormalisationError('mail address', 'its domain is not names with dots between them')
  const address = `${local}@${domain.toLowerCase()}`
  if (new TextEncoder().encode(address).length > 254) throw new NormalisationError('mail address', 'it has more than 254 bytes')
  return address
}
