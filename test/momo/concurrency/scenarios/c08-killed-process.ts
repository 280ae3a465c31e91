import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { collect, settle, submit, wallet } from '../../support/money.ts'
import { randomOf, whole } from '../pool.ts'
import { startWorker } from '../process.ts'
import { note } from '../report.ts'
import { newMerchant, scenario, stage } from '../stage.ts'

scenario('C8 a killed worker process leaves nothing half done', { small: 40, whole: 90 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  const { owner } = merchant.staff
  await collect(world.admin, merchant, 100_000)

  const key = randomUUID()
  const submitting = await startWorker(merchant)
  submitting.tell(`submit ${key}`)
  await submitting.hear('inside')
  await submitting.kill()
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 100_000, held: 0 })
  const sent = await submit(world.admin, owner, 'UGX', { idempotency_key: key, type: 'disbursement' })
  expect(sent.replayed).toBe(false)

  const settling = await startWorker(merchant)
  settling.tell(`settle ${sent.x_reference_id}`)
  await settling.hear('inside')
  await settling.kill()
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 100_000, held: 1000 })
  expect((await settle(world.admin, sent.x_reference_id, 'SUCCESSFUL')).changed).toBe(true)
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 99_000, held: 0 })

  const random = randomOf(8)
  const counts = { begun: 0, done: 0, made: 0 }
  for (let round = 0; round < (whole ? 8 : 2); round++) {
    const running = await startWorker(merchant)
    running.tell('run')
    await running.hear('done ')
    await new Promise((resolve) => setTimeout(resolve, random() * 100))
    await running.kill()
    const keys = (word: string): string[] => running.lines.filter((l) => l.startsWith(`${word} `)).map((l) => l.slice(word.length + 1))
    for (const k of keys('begun')) {
      const { replayed } = await submit(world.admin, owner, 'UGX', { idempotency_key: k, type: 'disbursement', amount_minor: 10 })
      // What it heard of is there; the one that it was at is there as a whole or not at all.
      if (keys('done').includes(k)) expect(replayed).toBe(true)
      if (!replayed) counts.made++
      counts.begun++
    }
    counts.done += keys('done').length
  }
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 99_000, held: counts.begun * 10 })
  note(
    'C8',
    'a worker process killed with SIGKILL: having submitted, having settled, and while it makes disbursements',
    `no half journal, no hold left over; ${counts.begun} keys begun, ${counts.done} heard of, ${counts.made} made by their repetition`,
  )
})
