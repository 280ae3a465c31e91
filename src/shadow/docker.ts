import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, versionText, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { requireExtensions } from './extensions.ts'
import { installations } from './machine.ts'
import type { Shadow, ShadowWish } from './shadow.ts'

/** As in a cluster of our own: nothing in it outlives the run, and one transaction may lock a whole schema. */
const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off', 'jit=off',
  'max_locks_per_transaction=4096'] // prettier-ignore

/**
 * A container of any image that takes the official image's variables. It is removed when our process ends in
 * whatever way. Throws a UserError when no container engine answers or the image cannot be had.
 */
export async function openDocker(image: string, wish: ShadowWish): Promise<Shadow> {
  const where = `shadow "docker:${image}"`
  const password = randomBytes(12).toString('hex')
  const run = randomBytes(8).toString('hex')
  if (process.env['TESTCONTAINERS_RYUK_DISABLED'] === 'true') guard(run)
  const { GenericContainer, Wait } = await import('testcontainers')
  const started = new GenericContainer(image)
    .withEnvironment({ POSTGRES_USER: 'postgres', POSTGRES_DB: 'postgres', POSTGRES_PASSWORD: password })
    .withCommand(['postgres', ...settings.flatMap((setting) => ['-c', setting])])
    .withLabels({ [label]: run })
    .withExposedPorts(5432)
    // While the official image initialises, its server listens on no port.
    .withWaitStrategy(Wait.forListeningPorts())
    .start()
  const container = await started.catch((error: unknown) => {
    throw failure(error, image, where)
  })
  const url = `postgresql://postgres:${password}@${container.getHost()}:${container.getMappedPort(5432)}/postgres?sslmode=disable`
  try {
    const connection = await connectPatiently(url)
    await requireExtensions(connection, wish.extensions, where, installations)
    await connection.close()
    const { versionNum } = connection
    return {
      url,
      versionNum,
      describe: `${image} (PostgreSQL ${versionText(versionNum)}) in a container`,
      exclusiveCluster: true,
      close: async () => void (await container.stop()),
    }
  } catch (error) {
    await container.stop()
    throw error
  }
}

const label = 'pgintent.run'

/**
 * Removes the container when our process is gone, as Testcontainers' reaper would, where that is switched off. A
 * shell holds the other end of a pipe of ours; it needs the `docker` program, and without it does nothing.
 */
function guard(run: string): void {
  const script = `while read -r line; do :; done; docker rm -fv $(docker ps -aq --filter label=${label}=${run})`
  const child = spawn('/bin/sh', ['-c', script], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.on('error', () => undefined)
  child.unref()
  ;(child.stdin as Socket).unref()
}

async function connectPatiently(url: string): Promise<Connection> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await connect(url, { minimumVersion: 15 })
    } catch (error) {
      // A port that the engine forwards accepts connections before the server behind it does.
      if (tries === 100) throw error
      await sleep(100)
    }
  }
}

function failure(error: unknown, image: string, where: string): UserError {
  const message = error instanceof Error ? error.message : String(error)
  const noEngine = /container runtime|docker\.sock|ECONNREFUSED|ENOENT/i.test(message)
  return new UserError(
    noEngine
      ? { where, what: 'no container engine answers', todo: 'start Docker, or set shadow to "embedded" or a URL' }
      : { where, what: `the container did not start: ${message}`, todo: `check that the image ${image} can be pulled` },
    { cause: error },
  )
}
