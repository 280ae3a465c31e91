import type { Id, Position } from '../model/object.ts'

/** Something to tell about one object: what lint found, or how a database differs from its declaration. */
export interface Finding {
  readonly rule: string
  readonly level: 'error' | 'warn'
  readonly id: Id
  /** One sentence: what and why. */
  readonly message: string
  /** How to mend it. */
  readonly todo: string
  readonly at?: Position
}

/** What a report says beside its findings. */
export interface Meta {
  /** `lint` or `drift`. */
  readonly command: string
  /** The version of pgintent. */
  readonly version: string
  /** Every rule that was looked at, found or not. */
  readonly rules?: readonly { readonly name: string; readonly about: string }[]
  /** The folder that file names are told relative to: the repository's root, so that a pull request finds them. */
  readonly root?: string
  /** The file that a finding without a position is shown at: some readers drop what has no file. */
  readonly fallback?: string
}

/** A position's file, relative to the root where it lies in it, with forward slashes. */
export function fileOf(finding: Finding, meta: Meta): string | null {
  if (finding.at === undefined) return null
  const file = finding.at.file.replaceAll('\\', '/')
  const root = meta.root?.replaceAll('\\', '/').replace(/\/*$/, '/')
  return root !== undefined && file.startsWith(root) ? file.slice(root.length) : file
}
