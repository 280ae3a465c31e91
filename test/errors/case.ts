/** What `case.json` of a folder below `test/errors/` may say. Texts may hold placeholders: see `places.ts`. */
export interface Case {
  /** What went wrong, in one sentence. */
  readonly about: string
  readonly args: readonly string[]
  /** The exit code, or the signal that the command ends by. */
  readonly exit: number | NodeJS.Signals
  readonly env?: { readonly [name: string]: string | null }
  /** SQL for the target before anything runs, as a superuser. */
  readonly setup?: readonly string[]
  /** Commands that must succeed first, such as the plan that is then spoilt. */
  readonly before?: readonly (readonly string[])[]
  /** What happens to the working folder after that. */
  readonly edit?: readonly Edit[]
  /** SQL for the target after that, such as the change that makes the plan stale. */
  readonly then?: readonly string[]
  /** SQL in a session that stays open while the command runs. */
  readonly hold?: readonly string[]
  /** Sent to the command once a shadow server of its own is there; the server must go with it. */
  readonly signal?: NodeJS.Signals
  /** A command afterwards, whose output is golden in `after.txt`. */
  readonly after?: { readonly args: readonly string[]; readonly exit: number }
  /** What the command may leave on the target: nothing, unless the journal of a run. */
  readonly leaves?: 'journal'
  /** What the machine must have. Without it the case is skipped, and says so. */
  readonly needs?: 'pgbouncer' | 'unprivileged'
  /** The working folder starts without the declaration of `common/`. */
  readonly bare?: true
}

/** A change of one file: its removal, or texts replaced; `mode` are its permissions. */
export interface Edit {
  readonly file: string
  readonly remove?: true
  readonly replace?: readonly [find: string, by: string]
  readonly mode?: string
}
