import type { Ora } from 'ora'

/** Says what goes on. On a terminal as one changing line, in a pipe not at all. */
export interface Progress {
  readonly say: (what: string) => void
  readonly stop: () => void
}

export function progress(): Progress {
  if (!process.stderr.isTTY || process.env['CI']) return { say: () => undefined, stop: () => undefined }
  let spinner: Ora | null = null
  let wanted: string | null = null
  return {
    say: (text) => {
      wanted = text
      if (spinner) spinner.text = text
      // Loaded only on a terminal: nobody else pays for it.
      else
        void import('ora').then(({ default: ora }) => {
          if (wanted !== null) spinner ??= ora({ text: wanted, stream: process.stderr }).start()
        })
    },
    stop: () => {
      wanted = null
      spinner?.stop()
      spinner = null
    },
  }
}
