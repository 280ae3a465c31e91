import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, parseUrl } from '../../src/db/index.ts'
import { embeddedInstallations, startCluster } from '../../src/shadow/index.ts'
import { freePort } from '../support/port.ts'

/** Stands in every URL that must fail; no output may hold it. */
export const secret = 's3cr3t-pässword'

const closers: (() => unknown)[] = []
export async function closeServers(): Promise<void> {
  for (const close of closers.splice(0)) await close()
}

/** A port on which nobody listens. */
export const closedPort = freePort

/**
 * Speaks PostgreSQL's startup and calls itself 14.12. A stand-in is enough because the version is all that is looked at: the
 * command ends before its first query. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP
 */
export async function olderServer(): Promise<number> {
  const message = (type: string, body: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const hello = Buffer.concat([
    message('R', Buffer.from([0, 0, 0, 0])),
    message('S', Buffer.from('server_version\x0014.12\0')),
    message('K', Buffer.alloc(8, 1)),
    message('Z', Buffer.from('I')),
  ])
  const greet = (socket: Socket): void => void socket.once('data', () => socket.write(hello)).on('error', () => undefined)
  const server = createServer(greet).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** A server that asks for passwords, with a role `app` whose password is another one than `secret`. */
export async function passwordServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pgi-hba-'))
  chmodSync(folder, 0o755)
  const hba = join(folder, 'pg_hba.conf')
  writeFileSync(hba, 'local all postgres trust\nlocal all all scram-sha-256\n')
  chmodSync(hba, 0o644)
  const cluster = await startCluster(embeddedInstallations()[0]!, [`hba_file=${hba}`])
  closers.push(() => cluster.close())
  const connection = await connect(cluster.url)
  await connection.script("create role app login password 'another'")
  await connection.close()
  return cluster.url.replace('postgres@', `app:${encodeURIComponent(secret)}@`)
}

/** PgBouncer in transaction mode before a server. Not on npm, and a stand-in of our own would prove nothing. */
export async function pooler(url: string): Promise<string> {
  const { hosts, user, password, database } = parseUrl(url)
  const { host = 'localhost', port = 5432 } = hosts[0]!
  const folder = mkdtempSync(join(tmpdir(), 'pgi-pooler-'))
  chmodSync(folder, 0o755)
  const own = await freePort()
  writeFileSync(join(folder, 'users.txt'), '"postgres" ""\n')
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]\n* = host=${host} port=${port} user=${user ?? 'postgres'}${password ? ` password=${password}` : ''}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n` +
      `listen_port = ${own}\nauth_type = any\nauth_file = ${folder}/users.txt\npool_mode = transaction\nunix_socket_dir =\nignore_startup_parameters = extra_float_digits\n`,
  )
  const child = spawn(poolerProgram!, [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), join(folder, 'pgbouncer.ini')], { stdio: 'ignore' })
  closers.push(() => child.kill('SIGKILL'))
  const through = `postgresql://postgres@127.0.0.1:${own}/${database}?sslmode=disable`
  for (let tries = 0; tries < 50; tries++) {
    const open = await connect(through).catch(() => null)
    if (open !== null) {
      await open.close()
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return through
}

export const poolerProgram: string | undefined = (() => {
  try {
    return execFileSync('/bin/sh', ['-c', 'PATH=$PATH:/usr/sbin command -v pgbouncer']).toString().trim()
  } catch {
    return undefined
  }
})()
