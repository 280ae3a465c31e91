/** Exit codes; scripts rely on them. */
export const exit = { done: 0, failed: 1, differences: 2, refused: 3 } as const
export type ExitCode = (typeof exit)[keyof typeof exit]
