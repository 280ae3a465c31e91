import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { parseOptions } from '../../sql/options.ts'
import { defineKind, type AlterRule } from '../contract.ts'
import { catalog } from './catalog.ts'
import * as render from './render.ts'

const schema = z.strictObject({
  routine: z.enum(['function', 'procedure', 'window']),
  /** As pg_get_function_arguments prints them, with names, modes and defaults. */
  arguments: z.string(),
  /** As pg_get_function_result prints it; null for a procedure. */
  returns: z.string().nullable(),
  language: z.string(),
  body: z.string(),
  /** The body is SQL that the server parsed (RETURN or BEGIN ATOMIC), not a string. */
  parsed: z.boolean(),
  /** The object file of a C function. */
  library: z.string().nullable(),
  volatility: z.enum(['volatile', 'stable', 'immutable']),
  parallel: z.enum(['unsafe', 'restricted', 'safe']),
  strict: z.boolean(),
  securityDefiner: z.boolean(),
  leakproof: z.boolean(),
  cost: z.number().nullable(),
  rows: z.number().nullable(),
  support: z.string().nullable(),
  settings: z.record(z.string(), z.string()),
})
export type FunctionAttrs = z.infer<typeof schema>

const again: AlterRule<FunctionAttrs> = (_, to) => render.createFunction(to)

/** Path: namespace, name, the types of its input arguments as PostgreSQL prints them. */
export const functionId = (path: readonly string[]): string => `${idOf('function', path[0]!, path[1]!)}(${path[2] ?? ''})`

export const functionKind = defineKind<FunctionAttrs>({
  kind: 'function',
  label: 'function',
  weight: 34,
  rights: ({ attrs: a }) => (a.leakproof || a.library !== null ? { superuser: 'a function that is leakproof or written in C' } : {}),
  schema,
  catalog: () => catalog,
  id: functionId,
  read: (row) => {
    const attrs = { ...(row.attrs as FunctionAttrs), settings: parseOptions(row.attrs['settings'] as string[] | null) }
    return [{ id: functionId(row.path!), kind: 'function', path: row.path!, parent: null, attrs, refs: [] }]
  },
  create: render.createFunction,
  drop: (o) => [`DROP ${render.routine(o)} ${render.signature(o)}`],
  alter: {
    routine: 'replace', arguments: render.alterArguments, returns: 'replace', language: again, body: again, parsed: again, library: again, volatility: again,
    parallel: again, strict: again, securityDefiner: again, leakproof: again, cost: again, rows: again, support: again, settings: again,
  }, // prettier-ignore
  neededSilently: true,
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [`routine ${o.path.join('\u0000')}`],
  hazards: (type, from, to, changed) => {
    if (changed.includes('securityDefiner') && to!.attrs.securityDefiner)
      return [{ name: 'security_definer', destructive: false, sentence: `${render.signature(to!)} now runs with its owner's rights` }]
    return type === 'drop' ? [{ name: 'drop_function', destructive: false, sentence: `callers of ${render.signature(from!)} fail` }] : []
  },
})
