/** A string as TypeScript writes it. */
export const literalWord = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
