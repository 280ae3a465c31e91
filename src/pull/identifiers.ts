/** Names that a written file may not give to a constant. */
const reserved = new Set(
  `abstract any arguments as assert asserts async await bigint boolean break case catch class const constructor continue
  debugger declare default delete do else enum eval export extends false finally for from function get if implements import in
  infer instanceof interface is keyof let module namespace never new null number object of package private protected public
  readonly require return set static string super switch symbol this throw true try type typeof undefined unique unknown var
  void while with yield globalThis NaN Infinity Object Array String Number Boolean Symbol Promise Date Error Map Set Record
  Function process global console`.split(/\s+/),
)

/** `order_items` to `orderItems`; whatever is no letter or digit separates words. */
function camel(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((w) => w !== '')
  const joined = words.map((w, i) => (i === 0 ? w[0]!.toLowerCase() + w.slice(1) : w[0]!.toUpperCase() + w.slice(1))).join('')
  return /^[\p{L}_$]/u.test(joined) ? joined : `_${joined}`
}

/** Gives every object a constant's name, unique in the whole declaration so that imports need no renaming. */
export class Identifiers {
  readonly #taken: Set<string>

  /** In: further names that are taken, such as the words themselves. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...reserved, ...taken])
  }

  /** A free name for an object: its own, then with what it is, then with its namespace, then numbered. */
  next(path: readonly string[], suffix: string): string {
    const own = camel(path.at(-1)!)
    const [first] = path
    const candidates = [own, `${own}${suffix}`, ...(path.length > 1 ? [camel(`${first}_${path.at(-1)}`), `${camel(`${first}_${path.at(-1)}`)}${suffix}`] : [])]
    let name = candidates.find((c) => !this.#taken.has(c))
    for (let n = 2; name === undefined; n++) if (!this.#taken.has(`${own}${n}`)) name = `${own}${n}`
    this.#taken.add(name)
    return name
  }
}

/** File names that are free on every file system: lower case, unique whatever the case. */
export class FileNames {
  readonly #taken = new Set<string>()

  next(folder: string, name: string): string {
    const plain = name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'unnamed' // prettier-ignore
    for (let n = 1; ; n++) {
      const path = `${folder}/${plain}${n === 1 ? '' : `-${n}`}`
      if (this.#taken.has(path)) continue
      this.#taken.add(path)
      return path
    }
  }
}
