import type { Server } from '../../../momo/client/offline/device.ts'
import type { Operation } from '../../../momo/client/offline/operation.ts'
import { connect, type Connection } from '../../../src/db/index.ts'
import { randomFrom } from './captured.ts'
import { push, pushInside, serverOf } from './phone.ts'
import type { Person } from './world.ts'

export const faults = ['never arrives', 'answer lost', 'killed before commit', 'sent twice at once', 'an old batch comes again', 'page lost'] as const
export type Fault = (typeof faults)[number]

/** Thrown in place of an answer. */
export class NoAnswer extends Error {}

/**
 * The server over a bad network: a part of what is sent never arrives, arrives twice or late, is cut off before the commit, or
 * is done without the phone hearing of it. In: a seed; counts, by fault, that are counted up.
 */
export function badNetwork(c: Connection, person: Person, seed: number, counts: Map<Fault, number>): Server {
  // How much is pulled depends on the time of day, so pulls draw from numbers of their own.
  const random = randomFrom(seed)
  const onPull = randomFrom(seed + 1000)
  const good = serverOf(c, person, 17)
  const past: { seq: number; operations: readonly Operation[] }[] = []
  const count = (fault: Fault) => counts.set(fault, (counts.get(fault) ?? 0) + 1)
  const fail = (fault: Fault): never => {
    count(fault)
    throw new NoAnswer(fault)
  }
  return {
    async push(seq, operations) {
      const dice = random()
      if (past.length > 0 && random() < 0.2) {
        const old = past[Math.floor(random() * past.length)]!
        count('an old batch comes again')
        await push(c, person, old.seq, old.operations)
      }
      if (dice < 0.1) fail('never arrives')
      if (dice < 0.2) {
        await killedPush(c, person, seq, operations)
        fail('killed before commit')
      }
      past.push({ seq, operations })
      if (dice < 0.35) {
        const other = await connect(c.url)
        const [, answer] = await Promise.all([push(c, person, seq, operations), push(other, person, seq, operations)]).finally(() => other.close())
        count('sent twice at once')
        return answer
      }
      const answer = await good.push(seq, operations)
      if (dice < 0.55) fail('answer lost')
      return answer
    },
    async pull(stream, cursor) {
      const page = await good.pull(stream, cursor)
      if (onPull() < 0.1) fail('page lost')
      return page
    },
  }
}

/** The whole batch is done, and then the connection is gone before the commit. */
async function killedPush(c: Connection, person: Person, seq: number, operations: readonly Operation[]): Promise<void> {
  const doomed = await connect(c.url)
  try {
    await doomed.script('begin; set local role momo_sync')
    await doomed.query('select api.begin_request($1, $2, $3)', [person.user, person.merchant, person.device])
    await pushInside(doomed, seq, operations)
    await c.query('select pg_terminate_backend($1, 5000)', [doomed.pid])
  } finally {
    doomed.abort()
  }
}
