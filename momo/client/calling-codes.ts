/** How a country numbers its mobile phones. */
export interface Numbering {
  readonly callingCode: string
  /** What is dialled before a number inside the country and never from outside; empty where there is no such thing. */
  readonly trunk: '' | '0'
  /** Digits of a mobile number after the calling code. */
  readonly digits: number
}

const of = (callingCode: string, trunk: '' | '0', digits: number): Numbering => ({ callingCode, trunk, digits })

/**
 * Where the currencies of app.currencies are used, by ISO 3166 letters. Without a trunk prefix a leading zero is part of the
 * number: Congo, Côte d'Ivoire, Benin. Benin has 10 digits since 30 November 2024, and the old 8 are refused.
 */
export const numberings: Readonly<Record<string, Numbering>> = {
  BF: of('226', '', 8), BJ: of('229', '', 10), CD: of('243', '0', 9), CF: of('236', '', 8), CG: of('242', '', 9), CI: of('225', '', 10),
  CM: of('237', '', 9), GA: of('241', '0', 8), GH: of('233', '0', 9), GN: of('224', '', 9), GQ: of('240', '', 9), GW: of('245', '', 9),
  KE: of('254', '0', 9), LR: of('231', '0', 9), ML: of('223', '', 8), MW: of('265', '0', 9), NE: of('227', '', 8), NG: of('234', '0', 10),
  RW: of('250', '0', 9), SN: of('221', '', 9), SS: of('211', '0', 9), SZ: of('268', '', 8), TD: of('235', '', 8), TG: of('228', '', 8),
  TZ: of('255', '0', 9), UG: of('256', '0', 9), ZA: of('27', '0', 9), ZM: of('260', '0', 9),
} // prettier-ignore
