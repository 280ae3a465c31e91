/** Where a word was called. The stack is formatted only when somebody asks for the position. */
export interface Site {
  readonly trace: { readonly stack?: string }
}

const depth = 30

/** Captures the current call. Cheap: the engine formats a stack when it is first read. */
export function callSite(): Site {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = depth
  const trace = new Error()
  Error.stackTraceLimit = before
  return { trace }
}
