import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const here = fileURLToPath(new URL('.', import.meta.url))

test('what must not compile does not, and the rest does', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', here]).catch((e: { stdout: string }) => e)
  expect(stdout).toBe('')
})
