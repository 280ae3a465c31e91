import { UserError } from '../../model/error.ts'
import { exit, urlOption, type Command } from '../command.ts'

interface Args {
  planDir?: string
  url?: string
  last?: boolean
  yes?: boolean
  lockTimeout?: number
}

export const command: Command<Args> = {
  name: 'rollback',
  positional: '[plan-dir]',
  describe: 'run the rollback of a saved plan, or of the last one applied',
  options: (y) =>
    y
      .positional('plan-dir', { type: 'string', describe: 'the folder that plan --out wrote' })
      .option('url', urlOption)
      .option('last', { type: 'boolean', describe: 'the last plan applied to this database' })
      .option('yes', { type: 'boolean', alias: 'y', describe: 'do not ask' })
      .option('lock-timeout', { type: 'number', describe: 'milliseconds to wait for a lock before trying again', default: 5000 }),
  run: async (args, out) => {
    const { targetOf } = await import('../pipeline.ts')
    const { confirmed, planIn, runPlan } = await import('../run-plan.ts')
    if ((args.planDir === undefined) === !args.last)
      throw new UserError({
        where: 'rollback',
        what: args.last ? 'both a plan folder and --last are given' : 'it is not said what to roll back',
        todo: 'give either a plan folder or --last',
      })
    const url = await targetOf(args)
    const plan = args.planDir === undefined ? await lastPlan(url) : planIn(args.planDir)
    if (!(await confirmed(`Roll back plan ${plan.id} on ${plan.target.database}?`, args.yes))) return exit.done
    await runPlan(url, plan, 'rollback', out, args.lockTimeout)
    return exit.done
  },
}

async function lastPlan(url: string) {
  const { connect } = await import('../../db/index.ts')
  const { hasJournal, lastApplied, planOf, unfinished } = await import('../../apply/journal.ts')
  const connection = await connect(url, { applicationName: 'pgintent', minimumVersion: 15 })
  try {
    const there = await hasJournal(connection)
    const half = there ? await unfinished(connection) : null
    const plan = half !== null && half.done > 0 ? await planOf(connection, half.id) : there ? await lastApplied(connection) : null
    if (plan === null) throw new UserError({ where: 'rollback --last', what: 'nothing was applied to this database that is not rolled back already', todo: 'see `schema status`' })
    return plan
  } finally {
    await connection.close()
  }
}
