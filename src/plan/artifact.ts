import { createHash } from 'node:crypto'
import { UserError } from '../model/error.ts'
import { canonicalJson } from '../model/fingerprint.ts'
import type { Json } from '../model/object.ts'
import { formatVersion, planDocument, type PlanDocument } from './document.ts'
import { scriptOf } from './script.ts'

const replan = 'run `schema plan --out` again'

/** Seals a plan: the same document with its checksum. */
export function seal(plan: Omit<PlanDocument, 'checksum'>): PlanDocument {
  return { ...plan, checksum: checksumOf(plan) }
}

function checksumOf(plan: object): string {
  const { checksum: _, ...rest } = plan as Record<string, unknown>
  return createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(rest)) as Json)).digest('hex') // prettier-ignore
}

/** The files of a plan folder but the review, by name. */
export function planFiles(plan: PlanDocument): Map<string, string> {
  return new Map([
    ['plan.json', `${JSON.stringify(plan, null, 1)}\n`],
    ['forward.sql', scriptOf(plan, 'forward')],
    ['rollback.sql', scriptOf(plan, 'rollback')],
  ])
}

/**
 * Reads a plan folder's files back. Throws UserError when one is missing, from another version, or not what `schema plan`
 * wrote.
 */
export function readPlan(folder: string, read: (name: string) => string | null): PlanDocument {
  const refuse = (name: string, what: string): UserError => new UserError({ where: `${folder}/${name}`, what, todo: replan, code: 'refused' })
  const text = read('plan.json')
  if (text === null) throw new UserError({ where: folder, what: 'there is no plan.json in it', todo: 'give the folder that `schema plan --out` wrote' })
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw refuse('plan.json', `it is not JSON (${(error as Error).message})`)
  }
  const format = (data as { format?: unknown } | null)?.format
  if (format !== formatVersion)
    throw refuse('plan.json', `it has ${format === undefined ? 'no format' : `format ${String(format)}`}, and this version reads format ${formatVersion}`)
  const parsed = planDocument.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw refuse('plan.json', `${issue.path.join('.') || 'the document'}: ${issue.message}`)
  }
  const plan = parsed.data
  if (checksumOf(plan) !== plan.checksum) throw refuse('plan.json', 'it was edited after it was made: its checksum does not match')
  for (const [name, expected] of planFiles(plan)) {
    if (name === 'plan.json') continue
    const found = read(name)
    if (found === null) throw refuse(name, 'it is missing')
    if (found !== expected) throw refuse(name, 'it was edited after it was made: it is not what plan.json says')
  }
  return plan
}
