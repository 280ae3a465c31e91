import type { Finding, Meta } from './finding.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

export type { Finding, Meta } from './finding.ts'

const writers = { text, json, github, sarif, junit }
export type Format = keyof typeof writers
/** The formats by name, in the order in which help lists them. */
export const formats = Object.keys(writers) as readonly Format[]

/** Findings as a person, a program or a CI system reads them; ends with a newline unless there is nothing to say. */
export function formatFindings(findings: readonly Finding[], format: Format, meta: Meta): string {
  return writers[format](findings, meta)
}
