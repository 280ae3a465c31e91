import { exit, schemaOption, type Command } from '../command.ts'
import { version } from '../version.ts'
import { formats, type Format } from '../../report/index.ts'

interface Args {
  schema?: string
  format?: Format
}

export const command: Command<Args> = {
  name: 'lint',
  describe: 'rules over the declaration; exit 3 when one is broken',
  options: (y) => y.option('schema', schemaOption).option('format', { choices: formats, default: 'text' as Format, describe: 'how findings are written' }),
  run: async (args, out) => {
    const { declaredState } = await import('../declared-state.ts')
    const { lint } = await import('../../lint/index.ts')
    const { formatFindings } = await import('../../report/index.ts')
    const { desired, config } = await declaredState(args, out.progress)
    const findings = lint(desired, config.config.lint ?? {})
    out.progress.stop()
    const errors = findings.filter((f) => f.level === 'error').length
    const format = out.json ? 'json' : (args.format ?? 'text')
    if (format === 'text') out.say(findings.length === 0 ? 'no findings' : formatFindings(findings, 'text', { command: 'lint', version }))
    else out.raw(formatFindings(findings, format, { command: 'lint', version }))
    return errors > 0 ? exit.refused : exit.done
  },
}
