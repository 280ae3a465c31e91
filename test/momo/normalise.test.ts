import { describe, expect, test } from 'vitest'
import { numberings } from '../../momo/client/calling-codes.ts'
import { normaliseEmail } from '../../momo/client/email.ts'
import { NormalisationError } from '../../momo/client/errors.ts'
import { lastFour, normaliseMsisdn } from '../../momo/client/msisdn.ts'
import { vectors } from './vectors.ts'

interface Example {
  readonly country: string
  readonly national: string
  readonly international: string
  readonly e164: string
}

describe('normaliseMsisdn', () => {
  test.each(vectors<Example>('msisdn'))('$country: $national and $international are $e164', ({ country, national, international, e164 }) => {
    const bare = e164.slice(1)
    for (const written of [national, international, e164, bare, `00${bare}`, `000${bare}`, ` ${national.replaceAll(' ', '-')}\u00a0`, international.replaceAll(' ', '.')])
      expect(normaliseMsisdn(written, country), written).toBe(e164)
    for (const written of [international, e164, `00${bare}`]) expect(normaliseMsisdn(written, 'KE'), written).toBe(e164)
    for (const wrong of [`${national}0`, national.slice(0, -1), `${e164}0`, e164.slice(0, -1), `${bare}0`])
      expect(() => normaliseMsisdn(wrong, country), wrong).toThrow(NormalisationError)
    expect(lastFour(e164)).toBe(bare.slice(-4))
  })

  test('every country of the table has an example, and no calling code begins another', () => {
    expect(vectors<Example>('msisdn').map((v) => v.country)).toEqual(Object.keys(numberings))
    const codes = Object.values(numberings).map((n) => n.callingCode)
    for (const code of codes) expect(codes.filter((other) => other.startsWith(code))).toEqual([code])
  })

  test('is the same when done again', () => {
    for (const { country, e164 } of vectors<Example>('msisdn')) expect(normaliseMsisdn(normaliseMsisdn(e164, country), country)).toBe(e164)
  })

  test('takes numbers of other countries only with their calling code', () => {
    expect(normaliseMsisdn('+44 20 7946 0123', 'UG')).toBe('+442079460123')
    expect(() => normaliseMsisdn('020 7946 0123', 'UG')).toThrow(NormalisationError)
    expect(() => normaliseMsisdn('0044 20 7946 0123', 'UG')).toThrow('its calling code is not in the table; write it with +')
    expect(() => normaliseMsisdn('+44 (0)20 7946 0123', 'UG')).toThrow('the trunk prefix of its country is not in the table')
    expect(normaliseMsisdn('+256 (0)772 123 456', 'KE')).toBe('+256772123456')
  })

  test.each([
    '', ' ', '+', '00', '0', '()', 'call me', '0772 123 456 ext 3', '0772x123456', '0772 123 456 / 0772 123 457', '++256772123456', '256+772123456',
    '0772 l23 456', '٠٧٧٢١٢٣٤٥٦', '０７７２１２３４５６', '+0772123456', '+256', '+1', '+1234567890123456', '00772123456', '0772,123,456', '*165#', '077212345６', "0772123456'--",
    '+256 0 0772123456', 'null', 'NaN', '1e9', '0x2E061D80',
  ])('refuses %j, and does not repeat it', (written) => {
    const fail = (): string => normaliseMsisdn(written, 'UG')
    expect(fail).toThrow(NormalisationError)
    if (written.trim().length > 4) expect(fail).not.toThrow(written.trim())
  }) // prettier-ignore

  test('refuses a country that is not in the table', () => {
    for (const country of ['', 'ug', 'XX', '__proto__', 'constructor'])
      expect(() => normaliseMsisdn('0772123456', country)).toThrow('the numbers of its country are not in the table')
  })
})

describe('normaliseEmail', () => {
  test('cuts spaces off, composes letters and lowers the domain, and nothing else', () => {
    expect(normaliseEmail('  Ana.Maria+shop@Example.CO.UG \n')).toBe('Ana.Maria+shop@example.co.ug')
    expect(normaliseEmail('e\u0301@Cafe\u0301.CM')).toBe('\u00e9@caf\u00e9.cm')
    expect(normaliseEmail('İ@EXAMPLE.COM')).toBe('İ@example.com')
    expect(normaliseEmail(normaliseEmail('A@B.C'))).toBe('A@b.c')
  })

  test.each(['', '@', 'a@', '@b.c', 'a@b', 'a@b.', 'a@.b', 'a@b..c', 'a b@c.d', 'a@b@c.d', 'a@b.c\u200b', `${'a'.repeat(250)}@b.cd`, 'Ana <ana@b.c>'])('refuses %j', (written) => {
    expect(() => normaliseEmail(written)).toThrow(NormalisationError)
  })
})
