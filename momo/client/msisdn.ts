import { numberings, type Numbering } from './calling-codes.ts'
import { NormalisationError } from './errors.ts'

/**
 * A phone number in its one normal form, E.164: `normaliseMsisdn('0772 123 456', 'UG')` is `+256772123456`. In: the number as
 * people write it, and the country (ISO 3166) that a number without a calling code is of. A number with `+` may be of any country,
 * one with `00` of those in the table, whose lengths are known: `00772 123 456` is a slip, and no number in Russia.
 *
 * Throws NormalisationError for what is not clearly a number, without repeating it: two ways to write one number that come to
 * two indexes would make two customers of one. Whether the number is in use, nobody can tell from its digits.
 */
export function normaliseMsisdn(written: string, country: string): string {
  const numbering = Object.hasOwn(numberings, country) ? numberings[country] : undefined
  if (numbering === undefined) throw new NormalisationError('phone number', 'the numbers of its country are not in the table')
  // Spaces of all kinds, and what people set between groups. Digits of other scripts, letters and extensions are not taken.
  const text = written.replace(/[\s\u200e\u200f\u202a-\u202e\u2060]/g, '')
  if (!/^\+?[\d().\-/\u2010-\u2013]+$/.test(text)) throw new NormalisationError('phone number', 'it holds something else than digits')
  const international = /^(\+|000?(?=[1-9]))(.*)$/.exec(text)
  if (international !== null) return fromAbroad(international[2]!, international[1]!)
  const digits = text.replace(/\D/g, '')
  const national = nationalNumber(digits, numbering)
  const dialled = digits.startsWith(numbering.callingCode) ? nationalNumber(digits.slice(numbering.callingCode.length), numbering) : null
  if (national === null && dialled === null) throw new NormalisationError('phone number', 'it has too few or too many digits')
  return `+${numbering.callingCode}${national ?? dialled}`
}

/** The digits of a number of this country, without the trunk prefix; null when there are too few or too many. */
function nationalNumber(digits: string, { trunk, digits: count }: Numbering): string | null {
  if (trunk === '') return digits.length === count ? digits : null
  const number = digits.length === count + trunk.length && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits
  return number.length === count && !number.startsWith(trunk) ? number : null
}

function fromAbroad(text: string, prefix: string): string {
  const digits = text.replace(/\D/g, '')
  const known = Object.values(numberings).find((n) => digits.startsWith(n.callingCode))
  if (known !== undefined) {
    const national = nationalNumber(digits.slice(known.callingCode.length), known)
    if (national === null) throw new NormalisationError('phone number', 'it has too few or too many digits for its calling code')
    return `+${known.callingCode}${national}`
  }
  if (prefix !== '+') throw new NormalisationError('phone number', 'its calling code is not in the table; write it with +')
  // +44 (0)20 …: whether the zero is dialled from outside depends on a country we know nothing of.
  if (text.includes('(0')) throw new NormalisationError('phone number', 'the trunk prefix of its country is not in the table')
  if (!/^[1-9]\d{7,14}$/.test(digits)) throw new NormalisationError('phone number', 'E.164 has 8 to 15 digits and begins with no zero')
  return `+${digits}`
}

/** The last four digits, which are stored in the clear to be shown. In: what `normaliseMsisdn` gave. */
export const lastFour = (msisdn: string): string => msisdn.slice(-4)
