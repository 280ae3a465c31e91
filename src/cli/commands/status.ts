import type { Retirement } from '../../apply/retirements.ts'
import { exit, urlOption, type Command } from '../command.ts'

export const command: Command<{ url?: string }> = {
  name: 'status',
  describe: 'what was applied, when, by whom, and what is unfinished',
  options: (y) => y.option('url', urlOption),
  run: async (args, out) => {
    const { targetOf } = await import('../pipeline.ts')
    const { connect } = await import('../../db/index.ts')
    const { retirements } = await import('../../apply/retirements.ts')
    const { runs } = await import('../../apply/journal.ts')
    const connection = await connect(await targetOf(args), { applicationName: 'pgintent status', minimumVersion: 15 })
    try {
      const list = await runs(connection)
      const retired = await retirements(connection, 50)
      out.document({ runs: list, retirements: retired })
      if (list.length === 0) out.say('nothing was applied to this database by pgintent')
      for (const r of list) {
        out.say(`${r.started.slice(0, 19)}  ${r.direction.padEnd(8)}  plan ${r.planId}  ${r.done} of ${r.steps} steps  ${r.state} by ${r.by}`)
        if (r.error !== null) out.say(`    ${r.error}`)
        if (r.state === 'running') out.say(`    it is running, or it was killed: then ${advice(r.done, r.direction)}`)
        if (r.state === 'failed') out.say(`    ${advice(r.done, r.direction)}`)
      }
      for (const r of retired) out.say(retirementLine(r))
      if (retired.some((r) => r.state === 'detaching' || r.state === 'detached')) out.say('    `schema partitions retire` goes on with what is not dropped yet')
      return exit.done
    } finally {
      await connection.close()
    }
  },
}

function retirementLine(r: Retirement): string {
  const what = { detaching: 'being detached', detached: 'detached, not dropped', dropped: 'retired', kept: 'not detached, kept', gone: 'dropped by somebody else' }[r.state]
  const rows = r.rows === null ? '' : `, ${r.rows} rows${r.file === null ? ' without an archive' : ` in ${r.file}, SHA-256 ${r.sha256}`}`
  return `${(r.finished ?? r.started).slice(0, 19)}  ${what.padEnd(8)}  ${r.namespace}.${r.partition}${rows}, by ${r.by}`
}

function advice(done: number, direction: string): string {
  if (done === 0) return 'nothing of it was committed: run it again'
  return direction === 'forward' ? '`schema apply` goes on after the last committed step, `schema rollback --last` undoes what was done' : '`schema rollback --last` goes on'
}
