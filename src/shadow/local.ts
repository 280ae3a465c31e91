import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Installation } from './installation.ts'

/** Folders that packages of Debian, Red Hat, Homebrew, EnterpriseDB and Postgres.app install majors below. */
const parents = [
  { folder: '/usr/lib/postgresql', bin: 'bin' },
  { folder: '/usr', bin: 'bin', only: /^pgsql-\d+$/ },
  { folder: '/opt/homebrew/opt', bin: 'bin', only: /^postgresql@/ },
  { folder: '/usr/local/opt', bin: 'bin', only: /^postgresql@/ },
  { folder: '/Library/PostgreSQL', bin: 'bin' },
  { folder: '/Applications/Postgres.app/Contents/Versions', bin: 'bin' },
]

/** Every folder that may hold PostgreSQL programs: the known places first, then PATH. Existing folders only. */
export function programFolders(): string[] {
  const known = parents.flatMap(({ folder, bin, only }) =>
    list(folder)
      .filter((name) => !only || only.test(name))
      .map((name) => join(folder, name, bin)),
  )
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'))
  return [...new Set([...known, ...path])].filter((folder) => existsSync(folder))
}

/** The server binaries that the system has, the newest first. Runs each one once, to ask its version. */
export function localInstallations(): Installation[] {
  const folders = programFolders().flatMap((folder) => {
    try {
      // A link in PATH leads to the folder that also holds the libraries' relative paths.
      return [dirname(realpathSync(join(folder, 'initdb')))]
    } catch {
      return []
    }
  })
  return [...new Set(folders)].flatMap(installation).sort((a, b) => b.major - a.major)
}

function installation(binDir: string): Installation[] {
  const postgres = join(binDir, 'postgres')
  // A wrapper script may change user, data folder or options: only real programs are started.
  if (!isProgram(postgres) || !existsSync(join(binDir, 'initdb'))) return []
  const version = programVersion(postgres)
  if (version === undefined || version.major < 15) return []
  const place = createHash('sha256').update(binDir).digest('hex').slice(0, 6)
  return [{ source: 'local', ...version, binDir, build: `${version.version}-${place}` }]
}

/** What `program --version` says, or undefined when it does not run. Takes `(PostgreSQL) 15.18 (Debian …)`. */
export function programVersion(program: string): { major: number; version: string } | undefined {
  try {
    const said = execFileSync(program, ['--version'], { cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] }).toString()
    const [version = '', major = ''] = /(\d+)(?:\.\d+|beta\d+|rc\d+|devel)/.exec(said) ?? []
    return version === '' ? undefined : { major: Number(major), version }
  } catch {
    return undefined
  }
}

function isProgram(path: string): boolean {
  try {
    const start = Buffer.alloc(2)
    const file = openSync(path, 'r')
    readSync(file, start, 0, 2, 0)
    closeSync(file)
    return start.toString('latin1') !== '#!'
  } catch {
    return false
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
