/** A string literal; with backslashes it becomes an escape string, so it reads the same whatever standard_conforming_strings is. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}`.trimStart() : quoted
}

/** A dollar-quoted literal whose tag does not occur in the text. */
export function dollar(text: string): string {
  let tag = '$$'
  for (let n = 0; text.includes(tag) || text.endsWith('$'); n++) {
    tag = n === 0 ? '$body$' : `$body${n}$`
    if (!text.includes(tag)) break
  }
  return `${tag}${text}${tag}`
}
