import { readFileSync } from 'node:fs'

/** The user a server runs as. */
export interface Identity {
  readonly uid: number
  readonly gid: number
}

/**
 * The user to run servers as, when we are root: PostgreSQL refuses to run as root. Undefined when we are not root.
 * It is `nobody`, not `postgres`, so that SQL run in a shadow can never reach the files of a real cluster.
 */
export function unprivileged(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [name, , uid, gid] = line.split(':')
      if (name === 'nobody' && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
    }
  } catch {
    // An image without that file has no names, only numbers.
  }
  return { uid: 65534, gid: 65534 }
}
