import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { versionText } from '../../../src/db/index.ts'
import { openWorld } from '../support/world.ts'
import { broken } from './invariants.ts'
import { whole } from './pool.ts'
import { isWhole, writeReport } from './report.ts'
import { failed, ran, registered, stage } from './stage.ts'
import { makeTransfer } from './transfers.ts'
import './scenarios/c01-transfers.ts'
import './scenarios/c02-opposing-pairs.ts'
import './scenarios/c03-overdraft.ts'
import './scenarios/c04-same-keys.ts'
import './scenarios/c05-callback-and-poll.ts'
import './scenarios/c06-hot-account.ts'
import './scenarios/c07-refunds.ts'
import './scenarios/c08-killed-session.ts'
import './scenarios/c08-killed-within.ts'
import './scenarios/c08-killed-process.ts'
import './scenarios/c09-sync-gap.ts'
import './scenarios/c10-tenants.ts'
import './scenarios/c11-ddl.ts'
import './scenarios/c12-months.ts'
import './scenarios/c13-isolation.ts'
import './scenarios/controls.ts'

beforeAll(async () => {
  stage.world = await openWorld()
  await makeTransfer(stage.world.admin)
}, 120_000)

afterEach(async (context) => {
  const { name, result } = context.task
  if (registered.includes(name)) ran.push(name)
  if (result?.state === 'fail') failed.push(name)
  expect(await broken(stage.world.admin)).toEqual([])
})

afterAll(async () => {
  if (stage.world === undefined) return
  if (isWhole({ whole, registered, ran })) writeReport(versionText(stage.world.admin.versionNum), failed)
  else if (whole) console.log(`${ran.length} of ${registered.length} scenarios ran: docs/concurrency.md is left as it is`)
  await stage.world.close()
})
