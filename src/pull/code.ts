/** Pieces of TypeScript, laid out when printed: an expression, a list, an object, a call. */
export type Code = string | readonly Code[] | ObjectCode | CallCode

export interface ObjectCode {
  readonly entries: readonly (readonly [string, Code])[]
}

export interface CallCode {
  readonly call: string
  readonly args: readonly Code[]
}

const width = 120

/** An object of what is defined. */
export function object(fields: { readonly [key: string]: Code | undefined }): ObjectCode {
  return { entries: Object.entries(fields).filter((e): e is [string, Code] => e[1] !== undefined) }
}

/** An object from pairs, whose keys may be anything. */
export const record = (entries: readonly (readonly [string, Code])[]): ObjectCode => ({ entries })

export const call = (name: string, ...args: readonly (Code | undefined)[]): CallCode => ({ call: name, args: args.filter((a) => a !== undefined) })

/** Undefined for an object without entries, so that it can be left out. */
export function unlessEmpty(code: ObjectCode): ObjectCode | undefined {
  return code.entries.length === 0 ? undefined : code
}

const bare = /^[A-Za-z_$][A-Za-z0-9_$]*$/

function key(name: string): string {
  if (name === '__proto__') return `['__proto__']`
  return bare.test(name) ? name : quote(name)
}

/** A string literal. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

/**
 * SQL as a tagged template. What a raw template cannot hold (a backslash before a backtick, before ${ or at the end, and
 * carriage returns, which templates turn into newlines) is written as a string.
 */
export function sqlCode(text: string): string {
  if (/\\(?:`|\$\{|$)|\r/.test(text)) return `sqlText(${quote(text)})`
  return `sql\`${text.replaceAll('`', '\\`').replaceAll('${', '\\${')}\``
}

function inline(code: Code): string {
  if (typeof code === 'string') return code
  if (isList(code)) return `[${code.map(inline).join(', ')}]`
  if ('call' in code) return `${code.call}(${code.args.map(inline).join(', ')})`
  return code.entries.length === 0 ? '{}' : `{ ${code.entries.map(([k, v]) => (v === k ? k : `${key(k)}: ${inline(v)}`)).join(', ')} }`
}

const isList = (code: Code): code is readonly Code[] => Array.isArray(code)

/** Code as text, on one line where it fits. `used` is what stands before it on its line. */
export function print(code: Code, indent = '', used = 0): string {
  const line = inline(code)
  if (typeof code === 'string' || (line.length + indent.length + used <= width && !line.includes('\n'))) return line
  const deeper = `${indent}  `
  if ('call' in code) return printCall(code, indent, used)
  if (isList(code)) return `[\n${code.map((c) => `${deeper}${print(c, deeper)},\n`).join('')}${indent}]`
  return `{\n${code.entries.map(([k, v]) => `${deeper}${v === k ? k : `${key(k)}: ${print(v, deeper, key(k).length + 2)}`},\n`).join('')}${indent}}`
}

/** Only the last argument is broken over lines: the names before it are short. */
function printCall({ call: name, args }: CallCode, indent: string, used: number): string {
  const head = args.slice(0, -1).map((a) => `${inline(a)}, `).join('') // prettier-ignore
  return `${name}(${head}${args.length === 0 ? '' : print(args.at(-1)!, indent, used + name.length + head.length + 2)})`
}
