import type { Argv } from 'yargs'
import { exit, type ExitCode } from './exit.ts'
import type { Progress } from './print/progress.ts'

/** Options that every command takes. */
export interface Common {
  readonly json?: boolean
  readonly config?: string
  readonly color?: boolean
  readonly debug?: boolean
}

/** One document on standard output, or prose; nothing else prints. */
export interface Output {
  readonly json: boolean
  readonly progress: Progress
  /** Prose for people: on stdout, or on stderr when stdout is for a machine. */
  readonly say: (text: string) => void
  /** The one JSON document of a command run with --json. */
  readonly document: (value: unknown) => void
  /** Exactly these bytes on stdout: formats that other tools read. */
  readonly raw: (text: string) => void
}

export interface Command<A = Record<string, unknown>> {
  readonly name: string
  readonly describe: string
  /** Positional arguments in yargs' spelling, after the name. */
  readonly positional?: string
  readonly options: (yargs: Argv) => Argv
  readonly run: (args: A & Common, out: Output) => Promise<ExitCode>
}

export const urlOption = { type: 'string', describe: 'target database (default: DATABASE_URL, then the config)' } as const
export const schemaOption = { type: 'string', describe: "declaration's folder or file (default: from the config)" } as const

export { exit }
