// Bundles the command and the words into dist/, in chunks that a command loads when it needs them. Dependencies are bundled
// too, since finding hundreds of small files is most of a short command's time; the few large ones stay apart.
import { build } from 'esbuild'
import { renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

// Built beside and then put in place, so that a command that starts meanwhile finds all of it.
const fresh = `dist-${process.pid}`
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', testing: 'src/testing.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['esbuild', 'pg-structure', 'testcontainers', 'pg-native', 'pg-cloudflare'],
  // Bundled CommonJS asks for Node's own modules through require.
  banner: { js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);" },
  logLevel: 'warning',
  sourcemap: true,
})

rmSync(`${root}/dist`, { recursive: true, force: true })
renameSync(`${root}/${fresh}`, `${root}/dist`)
