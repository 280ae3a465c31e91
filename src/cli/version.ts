import { readFileSync } from 'node:fs'

/** The package's version. package.json lies above both src/cli and dist. */
export const version: string = (() => {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as { version: string }).version
    } catch {
      continue
    }
  }
  return '0.0.0'
})()
