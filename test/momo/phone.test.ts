import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const client = new URL('../../momo/client/', import.meta.url)

test.each(['ids', 'device-clock', 'msisdn', 'email'])('%s runs on a phone: it bundles without Node.js', async (name) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [new URL(`${name}.ts`, client).pathname],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  expect(outputFiles[0]!.text).not.toMatch(/\b(Buffer|process|require)\b\s*[.(]/)
  for (const input of Object.keys(metafile.inputs)) expect(readFileSync(input, 'utf8')).not.toMatch(/from 'node:/)
})
