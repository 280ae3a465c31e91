import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** PostgreSQL server binaries on this machine. */
export interface Installation {
  readonly source: 'embedded' | 'local'
  readonly major: number
  /** As people write it: `15.18`. */
  readonly version: string
  readonly binDir: string
  /** The npm package's `native` folder, which may have to be copied before it can run. Only for `embedded`. */
  readonly native?: string
  /** What tells two builds of one version apart. */
  readonly build: string
}

/** `embedded PostgreSQL 15.18`, for messages and for the proof's verdict. */
export function describe(installation: Installation): string {
  return `${installation.source} PostgreSQL ${installation.version}`
}

/**
 * Whether an installation carries an extension, judged by its control file, so that no server has to start.
 * Undefined when the folder of control files is not where it usually is.
 */
export function carries(installation: Installation, extension: string): boolean | undefined {
  const { binDir, major } = installation
  const folders = [
    join(binDir, '../share/postgresql/extension'),
    join(binDir, '../share/extension'),
    `/usr/share/postgresql/${major}/extension`,
    `/usr/pgsql-${major}/share/extension`,
  ]
  const folder = folders.find((one) => existsSync(join(one, 'plpgsql.control')))
  return folder === undefined ? undefined : existsSync(join(folder, `${extension}.control`))
}
