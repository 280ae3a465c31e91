import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { exit, schemaOption, type Command } from '../command.ts'

interface Args {
  schema?: string
  out?: string
  check?: boolean
}

export const command: Command<Args> = {
  name: 'docs',
  describe: 'write Markdown and Mermaid ER diagrams of the declaration',
  options: (y) =>
    y
      .option('schema', schemaOption)
      .option('out', { type: 'string', describe: 'folder (default: from the config, then docs/schema)' })
      .option('check', { type: 'boolean', describe: 'write nothing; exit 2 when the folder is stale' }),
  run: async (args, out) => {
    const { declaredState } = await import('../declared-state.ts')
    const { writeDocs } = await import('../../docs/index.ts')
    const { readIfThere, writeInto } = await import('../files.ts')
    const { desired, config } = await declaredState(args, out.progress)
    const configured = config.config.docs
    const folder = args.out ?? join(config.dir, typeof configured === 'string' ? configured : 'docs/schema')
    const files = writeDocs(desired)
    out.progress.stop()
    const stale = [...files].filter(([name, text]) => readIfThere(join(folder, name)) !== text).map(([name]) => name)
    const extra = existing(folder).filter((name) => name.endsWith('.md') && !files.has(name))
    if (args.check) {
      out.document({ folder, stale, extra })
      if (stale.length + extra.length === 0) out.say(`${folder} is up to date`)
      else out.say(`${folder} is stale: ${[...stale, ...extra].join(', ')}; run \`schema docs\``)
      return stale.length + extra.length === 0 ? exit.done : exit.differences
    }
    for (const name of stale) writeInto(folder, name, files.get(name)!)
    const { rmSync } = await import('node:fs')
    for (const name of extra) rmSync(join(folder, name))
    out.say(`${files.size} files in ${folder}: ${stale.length} written, ${extra.length} removed`)
    out.document({ folder, files: [...files.keys()], written: stale, removed: extra })
    return exit.done
  },
}

function existing(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map(String).filter((f) => statSync(join(folder, f)).isFile()).map((f) => relative('.', f)) // prettier-ignore
  } catch {
    return []
  }
}
