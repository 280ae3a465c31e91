import { existsSync, readdirSync, statSync } from 'node:fs'
import { UserError } from '../../model/error.ts'
import { exit, urlOption, type Command } from '../command.ts'

interface Args {
  url?: string
  out: string
  force?: boolean
}

export const command: Command<Args> = {
  name: 'pull',
  describe: 'write a live database as TypeScript declarations that plan empty against it',
  options: (y) =>
    y
      .option('url', urlOption)
      .option('out', { type: 'string', demandOption: true, describe: 'folder for schema.config.ts and schema/' })
      .option('force', { type: 'boolean', describe: 'replace an earlier pull' }),
  run: async (args, out) => {
    if (existsSync(args.out) && !statSync(args.out).isDirectory()) throw new UserError({ where: args.out, what: 'it is a file', todo: 'give a folder to --out' })
    if (existsSync(args.out) && readdirSync(args.out).length > 0 && !args.force)
      throw new UserError({ where: args.out, what: 'it is not empty', todo: 'give a new folder, or --force to replace what an earlier pull wrote' })
    const { targetOf } = await import('../pipeline.ts')
    const { pullTo } = await import('../pull-to.ts')
    const url = await targetOf(args)
    out.progress.say('reading the database')
    const { files, model } = await pullTo(url, args.out)
    out.progress.stop()
    const tables = [...model.objects.keys()].filter((id) => id.startsWith('table:')).length
    out.say(`${tables} tables, ${model.objects.size} objects written to ${args.out}: ${files.length} files`)
    if (model.unmanaged.length > 0) out.say(`not managed: ${model.unmanaged.map((u) => `${u.count} ${u.what}`).join(', ')}`)
    out.document({ out: args.out, files, tables, objects: model.objects.size, unmanaged: model.unmanaged })
    return exit.done
  },
}
