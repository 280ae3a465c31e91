import { sqlText, type ViewSpec } from 'pgintent'

/** Reads with the rights of who asks, so that row security and column grants bind them; and no condition of theirs is looked at before the policies are. */
export const asAsked = { securityInvoker: true, securityBarrier: true } satisfies Partial<ViewSpec>

/** A number of t of which only the last digits are known. */
export const masked = (column: string) => sqlText(`'••• ' || t.${column}`)
