// Bundles the command and the words into dist/, in chunks that a command loads when it needs them. Dependencies are bundled
// too, since finding hundreds of small files is most of a short command's time; the few large ones stay apart.
import { build } from 'esbuild'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL("file:///work/main/"))

rmSync(`${root}/dist`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', testing: 'src/testing.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ["*/pull/index.ts", 'esbuild', 'pg-structure', 'testcontainers', 'pg-native', 'pg-cloudflare'],
  // Bundled CommonJS asks for Node's own modules through require.
  banner: { js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);" },
  logLevel: 'warning',
  sourcemap: true,
})
