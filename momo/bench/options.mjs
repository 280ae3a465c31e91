// The command line.
import { parseArgs } from 'node:util'

export const usageText = `npm run bench:momo -- [options]
  --rows N      transactions, 1,000 to 100,000,000 (default 200000; about 4 kB of disk each)
  --seed N      what the rows are drawn from (default 1): the same seed makes the same rows
  --url URL     a superuser's URL of a throwaway server, instead of one of the bench's own; makes the database momo_bench there
  --postgres N  the major of the bench's own server (default 15)
  --keep DIR    keeps the server's data in DIR; a run with the same rows and seed uses them again instead of seeding
  --out DIR     where benchmarks.md and benchmarks/ are written (default docs)
  --subjects N  how many subjects each query runs for (default 100); each runs --rounds times (default 3)
  --only IDS    only these queries, for example Q5,Q8a: nothing is written`

/** Throws an Error that says what to do. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '200000' },
      seed: { type: 'string', default: '1' },
      url: { type: 'string' },
      postgres: { type: 'string', default: '15' },
      keep: { type: 'string' },
      out: { type: 'string' },
      subjects: { type: 'string', default: '100' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const whole = (name, least, most) => {
    const value = Number(values[name].replaceAll('_', ''))
    if (!Number.isInteger(value) || value < least || value > most) throw new Error(`--${name} ${values[name]}: say a whole number from ${least} to ${most}`)
    return value
  }
  const rows = whole('rows', 1000, 100_000_000)
  return {
    ...values,
    rows,
    seed: whole('seed', 0, 1_000_000),
    postgres: whole('postgres', 15, 99),
    subjects: whole('subjects', 4, 10_000),
    rounds: whole('rounds', 1, 1000),
    only: values.only?.split(',').map((one) => one.trim().toLowerCase()),
    // Few rows are for trying the bench out: each merchant still needs some.
    merchants: Math.min(2000, Math.floor(rows / 100)),
  }
}
