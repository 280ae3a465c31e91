import { exit, schemaOption, urlOption, type Command } from '../command.ts'
import { version } from '../version.ts'
import { formats, type Format } from '../../report/index.ts'

interface Args {
  url?: string
  schema?: string
  format?: Format
}

export const command: Command<Args> = {
  name: 'drift',
  describe: 'compare a database with the declaration; exit 2 when they differ',
  options: (y) =>
    y
      .option('url', urlOption)
      .option('schema', schemaOption)
      .option('format', { choices: formats, default: 'text' as Format, describe: 'how findings are written' }),
  run: async (args, out) => {
    const { compare, requestFrom } = await import('../pipeline.ts')
    const { ShadowSession } = await import('../shadow-session.ts')
    const { driftFindings } = await import('../../plan/drift.ts')
    const { formatFindings } = await import('../../report/index.ts')
    const request = await requestFrom(args, out.progress)
    const shadow = new ShadowSession(request.config.config.shadow)
    try {
      const comparison = await compare(request, shadow)
      out.progress.stop()
      const findings = driftFindings(comparison.current, comparison.desired)
      const format = out.json ? 'json' : (args.format ?? 'text')
      const clean = `no drift: ${comparison.desired.objects.size} objects are as declared`
      if (format === 'text') out.say(findings.length === 0 ? clean : formatFindings(findings, 'text', { command: 'drift', version }))
      else out.raw(formatFindings(findings, format, { command: 'drift', version }))
      return findings.length === 0 ? exit.done : exit.differences
    } finally {
      await shadow.close()
    }
  },
}
