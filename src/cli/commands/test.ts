import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../../model/error.ts'
import { formats, type Format } from '../../report/index.ts'
import { exit, schemaOption, type Command } from '../command.ts'
import { version } from '../version.ts'

interface Args {
  schema?: string
  access?: string
  shadow?: string
  config?: string
  format?: Format
  out?: string
  check?: boolean
  mutants?: boolean
}

export const command: Command<Args> = {
  name: 'test',
  describe: 'try what declared actors may do, on real rows of a scratch server, and run attacks; exit 2 when it is not what is declared',
  options: (y) =>
    y
      .option('schema', schemaOption)
      .option('access', { type: 'string', describe: "access tests' folder or file (default: from the config)" })
      .option('shadow', { type: 'string', describe: 'auto, embedded, embedded:17, local or docker:IMAGE (default: from the config)' })
      .option('format', { choices: formats, default: 'text' as Format, describe: 'how findings are written' })
      .option('out', { type: 'string', describe: 'write the matrix to this Markdown file' })
      .option('check', { type: 'boolean', describe: 'with --out, write nothing; exit 2 when the file is stale' })
      .option('mutants', { type: 'boolean', describe: 'spoil every policy in turn; exit 2 when no expectation and no attack notices' }),
  run: async (args, out) => {
    if (args.check && args.out === undefined) throw new UserError({ where: 'schema test', what: '--check has no file to look at', todo: 'name it with --out' })
    const { loadAccess, loadConfig, loadDeclaration, withDefaultOwner } = await import('../../declare/index.ts')
    const { accessMarkdown, accessRules, testAccess } = await import('../../access/index.ts')
    const { formatFindings } = await import('../../report/index.ts')
    const { readIfThere } = await import('../files.ts')
    const { ShadowSession } = await import('../shadow-session.ts')
    const { config, dir, schemaDir } = await loadConfig(args.config, process.cwd())
    out.progress.say('loading the declaration')
    const declared = await loadDeclaration(args.schema ?? schemaDir)
    const access = await loadAccess(args.access ?? join(resolve(dir), config.access ?? 'access'))
    const shadow = new ShadowSession(args.shadow ?? config.shadow)
    shadow.wish({ major: 0, extensions: declared.extensions })
    try {
      const model = withDefaultOwner(declared.model, config.manage?.owner)
      const report = await testAccess({ shadow: await shadow.shadow(), model, access, mutants: args.mutants ?? false, say: out.progress.say })
      out.progress.stop()
      const page = args.out === undefined ? null : accessMarkdown(report)
      const stale = page !== null && readIfThere(args.out!) !== page
      if (stale && !args.check) writeFileSync(args.out!, page)
      const errors = report.findings.filter((f) => f.level === 'error').length
      const format = out.json ? 'json' : (args.format ?? 'text')
      const meta = { command: 'test', version, rules: accessRules }
      if (format === 'json') out.raw(JSON.stringify({ command: 'test', ...report, ...(page === null ? {} : { out: args.out, stale }) }, null, 1))
      else if (format !== 'text') out.raw(formatFindings(report.findings, format, meta))
      else {
        const { matrixText } = await import('../print/matrix.ts')
        out.say(matrixText(report, process.stdout.columns ?? 160))
        if (report.findings.length > 0) out.say(formatFindings(report.findings, 'text', meta).trimEnd())
        else
          out.say(
            `as declared: ${report.actors.length} actors on ${report.tables.length} tables, ${report.attacks.length} attacks, ${report.tried} statements tried on ${report.server}`,
          )
        const { mutantsText } = await import('../print/mutants.ts')
        if (args.mutants) out.say(mutantsText(report))
        if (page !== null) out.say(stale ? (args.check ? `${args.out} is stale; run \`schema test --out ${args.out}\`` : `written to ${args.out}`) : `${args.out} is up to date`)
      }
      return errors > 0 || (stale && args.check) ? exit.differences : exit.done
    } finally {
      await shadow.close()
    }
  },
}
