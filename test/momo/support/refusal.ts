import { DatabaseError } from '../../../src/db/index.ts'

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  readonly constraint: string | undefined
}

/** What the database said no with. Throws when it said yes. */
export async function refusal(asked: Promise<unknown>): Promise<Refusal> {
  try {
    await asked
  } catch (error) {
    if (error instanceof DatabaseError) return error as unknown as Refusal
    throw error
  }
  throw new Error('it was not refused')
}
