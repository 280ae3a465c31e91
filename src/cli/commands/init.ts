import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../model/error.ts'
import { exit, type Command } from '../command.ts'

interface Args {
  from?: string
  out?: string
}

const config = `import { defineConfig } from 'pgintent'

export default defineConfig({
  schema: 'schema',
  // url: process.env.DATABASE_URL,
})
`
const first = `import { namespace, table, uuid, text, timestamptz, sql } from 'pgintent'

export const app = namespace('app')

export const notes = table(app, 'notes', {
  comment: 'The first table: change it, then run schema plan.',
  columns: {
    id: uuid().notNull().default(sql\`gen_random_uuid()\`),
    body: text().notNull(),
    created_at: timestamptz().notNull().default(sql\`now()\`),
  },
  primaryKey: ['id'],
})
`

export const command: Command<Args> = {
  name: 'init',
  describe: 'scaffold schema.config.ts and schema/; with --from, pull them from a database',
  options: (y) => y.option('from', { type: 'string', describe: 'a database to pull from' }).option('out', { type: 'string', describe: 'folder', default: '.' }),
  run: async (args, out) => {
    const folder = args.out ?? '.'
    for (const name of ['schema.config.ts', 'schema']) {
      if (existsSync(join(folder, name)))
        throw new UserError({ where: join(folder, name), what: 'it is there already', todo: 'give another folder to --out, or edit what is there' })
    }
    const { writeInto } = await import('../files.ts')
    if (args.from !== undefined) {
      const { pullTo } = await import('../pull-to.ts')
      const { files } = await pullTo(args.from, folder)
      out.say(`pulled into ${files.length} files: schema.config.ts and schema/; next, schema plan --url …`)
      out.document({ files })
      return exit.done
    }
    writeInto(folder, 'schema.config.ts', config)
    writeInto(folder, 'schema/app.ts', first)
    out.say('wrote schema.config.ts and schema/app.ts; next, schema plan --url postgresql://…')
    out.document({ files: ['schema.config.ts', 'schema/app.ts'] })
    return exit.done
  },
}
