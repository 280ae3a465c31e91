import { UserError } from '../model/error.ts'
import { openAuto, openMachine } from './machine.ts'
import type { Shadow, ShadowWish } from './shadow.ts'

/**
 * Opens a shadow. `spec` is the config's `shadow`: `auto`, `embedded`, `embedded:17`, `local`, `local:17`, `target`,
 * `docker:IMAGE`, or the URL of a server on which we may make scratch databases.
 *
 * Throws a UserError when the spec says nothing that exists, when the provider cannot start, and when it lacks an
 * extension; the last names the providers that have it.
 */
export async function openShadow(spec: string, wish: ShadowWish): Promise<Shadow> {
  if (spec === 'auto') return openAuto(wish)
  const [, source, major] = /^(embedded|local)(?::(\d+))?$/.exec(spec) ?? []
  if (source === 'embedded' || source === 'local') {
    return openMachine(source, major === undefined ? undefined : Number(major), wish)
  }
  if (/^postgres(ql)?:\/\//i.test(spec)) {
    const { openScratch } = await import('./scratch.ts')
    return openScratch(spec, wish)
  }
  if (spec === 'target') {
    if (wish.targetUrl === undefined) throw unknown(spec, 'there is no target to make a scratch database on')
    const { openScratch } = await import('./scratch.ts')
    return openScratch(wish.targetUrl, wish)
  }
  if (/^docker:./.test(spec)) {
    const { openDocker } = await import('./docker.ts')
    return openDocker(spec.slice('docker:'.length), wish)
  }
  // What cannot be recognised may be a URL with a typing error, and hold a password.
  throw unknown(/@|:\/\//.test(spec) ? '…' : spec, 'there is no such shadow')
}

function unknown(spec: string, what: string): UserError {
  return new UserError({
    where: `shadow "${spec}"`,
    what,
    todo: 'use auto, embedded, embedded:17, local, local:17, docker:IMAGE, target, or a postgresql:// URL',
  })
}
