import { UserError } from '../model/error.ts'
import { checkArguments, parserMessage } from './check-arguments.ts'
import type { Command, Common, Output } from './command.ts'
import { exit, type ExitCode } from './exit.ts'
import { failureText } from './print/failure.ts'
import { progress } from './print/progress.ts'
import { version } from './version.ts'

/** Every command: its name, one line, and where it is loaded from when it is called. */
const commands: readonly (readonly [name: string, describe: string, load: () => Promise<{ command: Command<never> }>])[] = [
  ['init', 'scaffold schema.config.ts and schema/; with --from, pull', () => import('./commands/init.ts')],
  ['pull', 'live database to TypeScript declarations that plan empty against it', () => import('./commands/pull.ts')],
  ['plan', 'compare, prove the way both ways, print the review', () => import('./commands/plan.ts')],
  ['apply', 'apply a saved plan, or plan, ask and apply', () => import('./commands/apply.ts')],
  ['rollback', 'run the rollback of a saved plan, or of the last one applied', () => import('./commands/rollback.ts')],
  ['drift', 'compare for CI; exit 2 on differences; text, json, github, sarif, junit', () => import('./commands/drift.ts')],
  ['docs', 'Markdown and Mermaid of the declaration; --check fails when stale', () => import('./commands/docs.ts')],
  ['lint', 'rules over the declaration', () => import('./commands/lint.ts')],
  ['partitions ensure', 'make the monthly partitions that are declared and missing; --check for alarms', () => import('./commands/partitions-ensure.ts')],
  ['partitions retire', 'detach, archive and drop what is past its retention, refusing legal holds', () => import('./commands/partitions-retire.ts')],
  ['test', 'who may do what: declared actors on real rows, and attacks', () => import('./commands/test.ts')],
  ['status', 'what was applied, when, by whom, and what is unfinished', () => import('./commands/status.ts')],
]

const help = `schema <command> [options]

Schema-as-code for PostgreSQL: declare in TypeScript, plan both ways, prove both ways, apply.

Commands
${commands.map(([name, describe]) => `  ${name.padEnd(18)} ${describe}`).join('\n')}

Options of every command
  --json       one JSON document on stdout, prose on stderr
  --config     the config file (default: schema.config.ts here or above)
  --no-color   no colour
  --debug      stack traces with errors
  --version    the version
  --help       this, or a command's options

Exit codes: 0 done or no difference, 1 failed, 2 differences found, 3 refused
`

/** Runs a command line and answers with its exit code. Nothing here throws. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const [first] = argv
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(help)
    return first === undefined ? exit.failed : exit.done
  }
  if (first === '--version') {
    process.stdout.write(`${version}\n`)
    return exit.done
  }
  const debug = argv.includes('--debug')
  // A mistake in a declaration is thrown deep inside the words; its own line is further out than the usual ten calls.
  Error.stackTraceLimit = 40
  try {
    const two = argv.slice(0, 2).join(' ')
    const entry = commands.find(([name]) => name === first || name === two)
    if (entry === undefined)
      throw new UserError({
        where: 'schema',
        what: first.startsWith('-')
          ? `${first} comes before any command`
          : `there is no command ${JSON.stringify(commands.some(([n]) => n.startsWith(`${first} `)) ? two : first)}`,
        todo: `say one of ${commands.map(([n]) => n).join(', ')}`,
      })
    return await run((await entry[2]()).command as unknown as Command, argv.slice(entry[0].split(' ').length))
  } catch (error) {
    process.stderr.write(failureText(error, debug))
    return error instanceof UserError && error.code === 'refused' ? exit.refused : exit.failed
  }
}

async function run(command: Command, argv: readonly string[]): Promise<ExitCode> {
  const { default: yargs } = await import('yargs')
  let failure: UserError | null = null
  let helped = ''
  const parser = command
    .options(
      yargs([])
        .scriptName(`schema ${command.name}`)
        .usage(`schema ${command.name}${command.positional ? ` ${command.positional}` : ''}\n\n${command.describe}`),
    )
    .option('json', { type: 'boolean', describe: 'one JSON document on stdout' })
    .option('config', { type: 'string', describe: 'the config file' })
    .option('color', { type: 'boolean', default: true, describe: 'colour (--no-color for none)' })
    .option('debug', { type: 'boolean', describe: 'stack traces with errors' })
    .strict()
    .version(false)
    .help()
    .exitProcess(false)
    .fail((message, error) => {
      failure =
        error instanceof UserError
          ? error
          : new UserError({ where: `schema ${command.name}`, what: parserMessage(message ?? error?.message ?? 'it is not understood'), todo: `see schema ${command.name} --help` })
    })
  // The command itself is the default command, so that its positional arguments are known to yargs.
  let parsed: Record<string, unknown> = {}
  parser.command(
    `$0 ${command.positional ?? ''}`.trim(),
    command.describe,
    (y) => y,
    (args) => {
      parsed = args as Record<string, unknown>
    },
  )
  await parser.parseAsync([...argv], {}, (_error: unknown, _args: unknown, output: string) => {
    helped = output
  })
  if (failure !== null) throw failure as UserError
  if (helped !== '') {
    process.stdout.write(`${helped}\n`)
    return exit.done
  }
  checkArguments(command.name, parsed)
  const args = parsed as Common
  if (args.color === false || process.env['NO_COLOR']) process.env['FORCE_COLOR'] = '0'
  const out = output(args.json === true)
  try {
    return await command.run(parsed as never, out)
  } finally {
    out.progress.stop()
  }
}

function output(json: boolean): Output {
  const bar = progress()
  return {
    json,
    progress: bar,
    say: (text) => {
      bar.stop()
      ;(json ? process.stderr : process.stdout).write(`${text}\n`)
    },
    document: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 1)}\n`)
    },
    raw: (text) => {
      bar.stop()
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    },
  }
}
