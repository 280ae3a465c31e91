import { exit, schemaOption, urlOption, type Command } from '../command.ts'

interface Args {
  planDir?: string
  url?: string
  schema?: string
  yes?: boolean
  allow?: string[]
  lockTimeout?: number
  resume?: boolean
}

export const command: Command<Args> = {
  name: 'apply',
  positional: '[plan-dir]',
  describe: 'apply a saved plan, or plan, ask and apply',
  options: (y) =>
    y
      .positional('plan-dir', { type: 'string', describe: 'the folder that plan --out wrote' })
      .option('url', urlOption)
      .option('schema', schemaOption)
      .option('yes', { type: 'boolean', alias: 'y', describe: 'do not ask' })
      .option('allow', { type: 'string', array: true, nargs: 1, describe: 'allow a hazard by name, or all', default: [] as string[] })
      .option('resume', { type: 'boolean', describe: 'finish the run that stopped half way' })
      .option('lock-timeout', { type: 'number', describe: 'milliseconds to wait for a lock before trying again', default: 5000 }),
  run: async (args, out) => {
    const { makePlan, targetOf, requestFrom } = await import('../pipeline.ts')
    const { confirmed, planIn, runPlan } = await import('../run-plan.ts')
    if (args.planDir !== undefined) {
      const plan = planIn(args.planDir)
      const url = await targetOf(args)
      if (!(await confirmed(`Apply ${plan.forward.length} steps to ${plan.target.database}?`, args.yes))) return exit.done
      await runPlan(url, plan, 'forward', out, args.lockTimeout)
      return exit.done
    }
    if (args.resume) {
      const { halfDone } = await import('../half-done.ts')
      const url = await targetOf(args)
      await runPlan(url, await halfDone(url, 'forward'), 'forward', out, args.lockTimeout)
      return exit.done
    }
    const { ShadowSession } = await import('../shadow-session.ts')
    const { refusal } = await import('../print/refusal.ts')
    const { reviewText } = await import('../print/review.ts')
    const request = await requestFrom(args, out.progress)
    const shadow = new ShadowSession(request.config.config.shadow)
    try {
      const { halfDone } = await import('../half-done.ts')
      const half = await halfDone(request.url, 'forward').catch(() => null)
      if (half !== null) {
        out.say(`finishing plan ${half.id}, which stopped half way`)
        await runPlan(request.url, half, 'forward', out, args.lockTimeout)
        return exit.done
      }
      const { plan, refused } = await makePlan(request, shadow, args.allow ?? [])
      out.progress.stop()
      out.say(reviewText(plan))
      const no = refusal(plan, refused)
      if (no !== null) throw no
      if (plan.forward.length === 0) {
        out.document({ plan: plan.id, direction: 'forward', steps: 0 })
        return exit.done
      }
      if (!(await confirmed(`Apply these ${plan.forward.length} steps to ${plan.target.database}?`, args.yes))) return exit.done
      await runPlan(request.url, plan, 'forward', out, args.lockTimeout)
      return exit.done
    } finally {
      await shadow.close()
    }
  },
}
