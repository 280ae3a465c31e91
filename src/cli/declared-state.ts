import { loadConfig, loadDeclaration, withDefaultOwner, type LoadedConfig } from '../declare/index.ts'
import type { Model } from '../model/model.ts'
import { elaborate } from '../shadow/elaborate.ts'
import type { Progress } from './print/progress.ts'
import { ShadowSession } from './shadow-session.ts'

/** The declaration as PostgreSQL understands it, without any target. */
export async function declaredState(args: { config?: string; schema?: string }, progress: Progress): Promise<{ desired: Model; config: LoadedConfig }> {
  const config = await loadConfig(args.config, process.cwd())
  progress.say('loading the declaration')
  const declared = await loadDeclaration(args.schema ?? config.schemaDir)
  const shadow = new ShadowSession(config.config.shadow)
  try {
    const model = withDefaultOwner(declared.model, config.config.manage?.owner)
    shadow.wish({ major: 0, extensions: declared.extensions })
    progress.say('elaborating on the shadow database')
    return { desired: await elaborate(await shadow.connection(), model, declared.roles), config }
  } finally {
    await shadow.close()
  }
}
