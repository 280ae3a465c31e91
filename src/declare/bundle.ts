import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BuildFailure, BuildOptions, Message, Plugin } from 'esbuild'
import { UserError } from '../model/error.ts'

/** One module made of all files, and the map back to them. */
export interface Bundle {
  readonly code: string
  readonly map: string
  /** Where it must be written, so that the map's paths hold. */
  readonly outfile: string
  /** Every file that went in, absolute. */
  readonly inputs: readonly string[]
}

/** A marker that keeps the resolver from being asked again by itself. */
const asking = Symbol('asking')

/** Every import of a package but `pgintent` itself, which is an alias: a thousand files import it, and each question costs. */
const otherPackages = new RegExp(
  `^(?:[^./p]|${[...'pgintent']
    .map((_, i, all) => `${all.slice(0, i).join('')}(?:[^${all[i]}]|$)`)
    .slice(1)
    .join('|')}|pgintent.)`,
)

/** Leaves packages outside the bundle, by URL, as the importing file would find them. */
const packages: Plugin = {
  name: 'packages',
  setup(build) {
    build.onResolve({ filter: otherPackages }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === asking || kind === 'entry-point' || isAbsolute(path) || path.startsWith('file:')) return undefined
      if (path.startsWith('node:')) return { path, external: true }
      const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: asking })
      if (found.errors.length > 0) return { errors: found.errors, warnings: found.warnings }
      if (found.external || !isAbsolute(found.path)) return { path: found.path, external: true }
      // What is no finished package, such as a TypeScript file of the same workspace, is part of the declaration.
      const finished = /[\\/]node_modules[\\/]/.test(found.path) && /\.[cm]?js$/.test(found.path)
      return finished ? { path: pathToFileURL(found.path).href, external: true } : { path: found.path }
    })
  },
}

/** `pgintent` as an alias: of its built entry, which stays outside, or of its source, which is bundled. */
function own(selfUrl: string): Pick<BuildOptions, 'alias' | 'external'> {
  if (selfUrl.endsWith('.ts')) return { alias: { pgintent: fileURLToPath(selfUrl) } }
  return { alias: { pgintent: selfUrl }, external: [selfUrl] }
}

/**
 * Bundles files into one ES module. In: absolute paths, where the module will be written, the URL that `pgintent` means, and
 * the folder that messages are relative to. Throws UserError with file, line and column for what does not compile.
 */
export async function bundle(files: readonly string[], outfile: string, selfUrl: string, cwd: string): Promise<Bundle> {
  const { build } = await import('esbuild')
  const folder = dirname(files[0]!)
  const spelled = (file: string): string => JSON.stringify(`./${relative(folder, file).replaceAll('\\', '/')}`)
  const contents = files.length === 1 ? `export * as only from ${spelled(files[0]!)}` : files.map((f) => `import ${spelled(f)}`).join('\n')
  try {
    const result = await build({
      stdin: { contents, resolveDir: folder, sourcefile: join(folder, '(declaration)'), loader: 'js' },
      absWorkingDir: cwd, bundle: true, write: false, outfile, format: 'esm', platform: 'node', target: 'node20', charset: 'utf8',
      sourcemap: 'external', sourcesContent: false, ignoreAnnotations: true, metafile: true, logLevel: 'silent', plugins: [packages], ...own(selfUrl),
    }) // prettier-ignore
    const [map, code] = [...result.outputFiles].sort((a, b) => (a.path.endsWith('.map') ? -1 : b.path.endsWith('.map') ? 1 : 0))
    return { code: code!.text, map: map!.text, outfile, inputs: Object.keys(result.metafile.inputs).map((i) => resolve(cwd, i)) }
  } catch (e) {
    const first = (e as Partial<BuildFailure>).errors?.[0]
    if (first === undefined) throw e
    throw compileError(first, (e as BuildFailure).errors.length, cwd, { cause: e })
  }
}

function compileError(message: Message, count: number, cwd: string, options: { cause: unknown }): UserError {
  const at = message.location
  const where = at === null ? 'the declaration' : `${relative(cwd, resolve(cwd, at.file))}:${at.line}:${at.column + 1}`
  const more = count > 1 ? ` (and ${count - 1} more)` : ''
  const missing = /^Could not resolve "([^./"][^"]*)"/.exec(message.text)
  const todo = missing ? `install the package ${missing[1]} beside the declaration, or correct the import` : 'correct the file'
  return new UserError({ where, what: `it does not compile: ${message.text}${more}`, todo }, options)
}
