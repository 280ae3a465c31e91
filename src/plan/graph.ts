/** A graph of numbered nodes and one deterministic topological sort. */
export class Graph {
  readonly #after: Set<number>[] = []
  readonly #rank: (readonly [number, string])[] = []

  /** Adds a node. Among nodes that are free to go, the lower rank, then the smaller name goes first. */
  add(rank: number, name: string): number {
    this.#after.push(new Set())
    this.#rank.push([rank, name])
    return this.#after.length - 1
  }

  /** `second` comes after `first`. */
  order(first: number, second: number): void {
    if (first !== second) this.#after[first]!.add(second)
  }

  /** Node numbers in order. Throws CycleError with the names on a cycle: that is a defect, never repaired here. */
  sort(): number[] {
    const waiting = new Array<number>(this.#after.length).fill(0)
    for (const set of this.#after) for (const n of set) waiting[n]!++
    const heap = new Heap((a, b) => this.#less(a, b))
    waiting.forEach((w, n) => w === 0 && heap.push(n))
    const out: number[] = []
    for (let n = heap.pop(); n !== undefined; n = heap.pop()) {
      out.push(n)
      for (const next of this.#after[n]!) if (--waiting[next]! === 0) heap.push(next)
    }
    if (out.length < this.#after.length) throw new CycleError(this.#cycle(waiting))
    return out
  }

  #less(a: number, b: number): boolean {
    const [ra, na] = this.#rank[a]!
    const [rb, nb] = this.#rank[b]!
    return ra !== rb ? ra < rb : na !== nb ? na < nb : a < b
  }

  #cycle(waiting: readonly number[]): string[] {
    const left = waiting.flatMap((w, n) => (w > 0 ? [n] : []))
    const before = new Map<number, number>()
    for (const n of left) for (const next of this.#after[n]!) if (waiting[next]! > 0) before.set(next, n)
    const path: number[] = []
    let at = left[0]!
    while (!path.includes(at)) {
      path.push(at)
      at = before.get(at) ?? at
    }
    return [...path.slice(path.indexOf(at)), at].reverse().map((n) => this.#rank[n]![1])
  }
}

/** Steps that each wait for another. */
export class CycleError extends Error {
  readonly steps: readonly string[]
  constructor(steps: readonly string[]) {
    super(`these steps wait for each other: ${steps.join(' -> ')}`)
    this.steps = steps
  }
}

class Heap {
  readonly #items: number[] = []
  readonly #less: (a: number, b: number) => boolean
  constructor(less: (a: number, b: number) => boolean) {
    this.#less = less
  }

  push(item: number): void {
    const items = this.#items
    let i = items.push(item) - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!this.#less(items[i]!, items[up]!)) break
      ;[items[i], items[up]] = [items[up]!, items[i]!]
      i = up
    }
  }

  pop(): number | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (items.length === 0 || last === undefined) return top
    items[0] = last
    for (let i = 0; ;) {
      let least = i
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < items.length && this.#less(items[child]!, items[least]!)) least = child
      if (least === i) return top
      ;[items[i], items[least]] = [items[least]!, items[i]!]
      i = least
    }
  }
}
