// A worker process of its own, to be killed: `node … URL MERCHANT USER DEVICE`. On each line of its input, `submit KEY` or `settle REFERENCE`,
// it begins that transaction, says `inside`, and stays there; on `run` it makes disbursements as fast as it can, and says `begun KEY` before and
// `done KEY` after each.
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { connect } from '../../../src/db/index.ts'
import { submit } from '../support/money.ts'
import { settled, submitted } from './sent.ts'

const [url, merchant, user, device] = process.argv.slice(2) as [string, string, string, string]
const c = await connect(url)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function inside(work: () => Promise<unknown>): Promise<void> {
  await c.script('begin; set local role momo_api')
  await c.query('select api.begin_request($1, $2, $3)', [user, merchant, device])
  await work()
  say('inside')
}

say(`pid ${c.pid}`)
for await (const line of createInterface(process.stdin)) {
  const [word, what] = line.split(' ') as [string, string]
  if (word === 'submit') await inside(() => submitted(c, what, 'disbursement'))
  else if (word === 'settle') await inside(() => settled(c, what, 'SUCCESSFUL'))
  else
    for (;;) {
      const key = randomUUID()
      say(`begun ${key}`)
      await submit(c, { user, merchant, device }, 'UGX', { idempotency_key: key, type: 'disbursement', amount_minor: 10 })
      say(`done ${key}`)
    }
}
