import * as words from '../words/index.ts'

/** Every word a declaration can import: no constant may take its name. */
export const allWords: readonly string[] = Object.keys(words)
