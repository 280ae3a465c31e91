import { exit, schemaOption, urlOption, type Command } from '../command.ts'

interface Args {
  url?: string
  schema?: string
  out?: string
  allow?: string[]
  exitCode?: boolean
  unmanaged?: boolean
}

export const command: Command<Args> = {
  name: 'plan',
  describe: 'compare a database with the declaration, prove the way both ways, print the review',
  options: (y) =>
    y
      .option('url', urlOption)
      .option('schema', schemaOption)
      .option('out', { type: 'string', describe: 'write the plan folder here' })
      .option('allow', { type: 'string', array: true, nargs: 1, describe: 'allow a hazard by name, or all', default: [] as string[] })
      .option('exit-code', { type: 'boolean', describe: 'exit 2 when there are differences' })
      .option('unmanaged', { type: 'boolean', describe: 'list what is not managed' }),
  run: async (args, out) => {
    const { makePlan, requestFrom } = await import('../pipeline.ts')
    const { ShadowSession } = await import('../shadow-session.ts')
    const { checkFolder, writeFolder } = await import('../files.ts')
    const { refusal } = await import('../print/refusal.ts')
    if (args.out !== undefined) checkFolder(args.out)
    const request = await requestFrom(args, out.progress)
    const shadow = new ShadowSession(request.config.config.shadow)
    try {
      const { plan, refused, comparison } = await makePlan(request, shadow, args.allow ?? [])
      out.progress.stop()
      const { reviewText } = await import('../print/review.ts')
      out.say(reviewText(plan))
      if (args.unmanaged) for (const u of plan.unmanaged) out.say(`\n  ${u.what} (${u.count})\n    ${u.names.join('\n    ')}`)
      out.document({ ...plan, refused })
      const no = refusal(plan, refused)
      if (no !== null) throw no
      if (args.out !== undefined) {
        const { planFiles } = await import('../../plan/artifact.ts')
        const { reviewMarkdown } = await import('../../plan/review.ts')
        const { changeDiagram } = await import('../../docs/index.ts')
        const touched = new Set(plan.forward.flatMap((s) => [s.id, ...s.carries]))
        const files = planFiles(plan).set('review.md', reviewMarkdown(plan, changeDiagram(comparison.renamed, comparison.desired, touched)))
        writeFolder(args.out, files)
        out.say(`\n  written to ${args.out}: ${[...files.keys()].join(', ')}`)
      }
      return plan.forward.length > 0 && args.exitCode ? exit.differences : exit.done
    } finally {
      await shadow.close()
    }
  },
}
