// The schema under test: what `schema apply` makes of the declaration in this repository.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { planningDay } from './calendar.mjs'

/** Applies the declaration to the database at `url`, whatever that loses: it is the bench's own. Throws with the command's own words when it refuses. */
export function applySchema(root, url) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin/schema'), 'apply', '--url', url, '--yes', '--allow', 'all', '--no-color'], {
      cwd: root,
      env: { ...process.env, PGINTENT_TODAY: planningDay() },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`schema apply ended with ${code}: ${said.trim().split('\n').slice(-6).join('\n')}`))))
  })
}
