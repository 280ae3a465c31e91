/** Where a value outlives the app. `save` keeps all of it or none: a phone may be switched off at any moment. */
export interface Store<T> {
  /** The value saved last; null before the first. */
  load(): Promise<T | null>
  save(value: T): Promise<void>
}

/** Keeps a value while the process lives, as the JSON that a real store would write. */
export function memoryStore<T>(): Store<T> {
  let kept: string | null = null
  return {
    load: async () => (kept === null ? null : (JSON.parse(kept) as T)),
    save: async (value) => {
      kept = JSON.stringify(value)
    },
  }
}
