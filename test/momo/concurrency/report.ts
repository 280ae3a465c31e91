import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { invariantNames } from './invariants.ts'
import { load } from './pool.ts'

const rows: (readonly [test: string, what: string, result: string])[] = []

/** Notes what a scenario did, for the document. */
export const note = (test: string, what: string, result: string): void => void rows.push([test, what, result])

/** Whether this run may speak for all: a chosen scenario, a small one or one that was broken off may not. */
export const isWhole = (run: { readonly whole: boolean; readonly registered: readonly string[]; readonly ran: readonly string[] }): boolean =>
  run.whole && run.registered.every((name) => run.ran.includes(name))

/** Writes docs/concurrency.md. In: the version of the server and whether every scenario passed. */
export function writeReport(server: string, failed: readonly string[]): void {
  const cell = (t: string): string => t.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const text = `# Concurrency

Made by \`npm run test:concurrency\` on ${new Date().toISOString().slice(0, 10)}; do not edit. ${failed.length === 0 ? '**Everything held**, and the controls failed as they must.' : `**Failed**: ${failed.join(', ')}.`}

PostgreSQL ${server}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, server and workers on one machine; up to ${load.workers} connections, each its own session with the role of the
service that would do this, through the schema's own functions and under row security. Rates say what this machine did in that minute, no more.

| Test | What | Result |
|---|---|---|
${rows.map((r) => `| ${r.map(cell).join(' | ')} |`).join('\n')}

After each of them, from the tables alone and again by \`ops.verify_ledger()\`: ${invariantNames.join('; ')}; I10 no deadlock, but in the control.
`
  writeFileSync(fileURLToPath(new URL('../../../docs/concurrency.md', import.meta.url)), text)
}
