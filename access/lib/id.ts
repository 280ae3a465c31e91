const january = Date.UTC(2026, 0, 15).toString(16).padStart(12, '0')

/** A key that is the same in every run: a version 7 UUID of January 2026, whose partitions every declaration has. */
export function id(n: number): string {
  return `${january.slice(0, 8)}-${january.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`
}
