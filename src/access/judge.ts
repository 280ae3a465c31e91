import type { AccessDeclaration } from '../declare/index.ts'
import type { Finding } from '../report/index.ts'
import { operations, type Operation, type Reach } from '../words/access-registry.ts'
import { expectedOf } from './expected.ts'
import type { ByOperation } from './observe.ts'
import { pasteable } from './pasteable.ts'
import { expectedRows, meets, reachOf, rowWords } from './reach.ts'
import type { Relation } from './relation.ts'
import type { Cell, TableReport } from './report.ts'
import type { Actor } from './session.ts'
import type { Observed } from './try-operation.ts'

type Expectation = AccessDeclaration['expectations'][number]

/** Compares what was observed of one table with what is declared. */
export function judge(
  relation: Relation,
  expectation: Expectation | undefined,
  actors: readonly Actor[],
  observed: (actor: Actor) => ByOperation,
): { report: TableReport; findings: Finding[] } {
  const findings: Finding[] = []
  const found = (rule: string, level: Finding['level'], message: string, todo: string, at = expectation?.at ?? relation.at): void => {
    findings.push({ rule, level, id: relation.id, message, todo, ...(at === undefined ? {} : { at }) })
  }
  const cells = actors.map((actor): Cell => {
    const of = observed(actor)
    return {
      actor: actor.name,
      operations: operations.map((operation) => {
        const expected = expectation === undefined ? null : expectedOf(expectation, actor, operation)
        const seen = of[operation]
        const ok = expected === null || meets(expected, seen, relation, actor)
        if (!ok)
          found('access', 'error', difference(relation, actor, operation, expected, seen), 'correct the grant, the policy or the trigger, or the expectation if this is meant')
        const said = seen.said ?? seen.refusals[0] ?? null
        return { operation, expected, observed: ok && expected !== null && relation.rows.length > 0 ? expected : reachOf(seen, relation, actor), rows: seen.reached.size, said, ok }
      }),
    }
  })
  if (expectation === undefined) found('no-expectation', 'error', `${relation.name} has no expectation`, `say what is meant; observed: ${pasteable(relation, cells)}`, relation.at)
  if (relation.rows.length === 0)
    found('no-rows', 'error', `${relation.name} has no rows, so only privileges could be tried`, 'give it some with rows(…), of more than one row set')
  else if (expectation !== undefined) {
    const alone = actors.filter((a) => aloneIn(relation, expectedOf(expectation, a, 'select'), a))
    if (alone.length > 0)
      found(
        'nothing-to-keep',
        'warn',
        `${relation.name} has no rows but those that ${alone.map((a) => `"${a.name}"`).join(', ')} may see`,
        "give it rows of others, or expect 'all'",
      )
  }
  const rows: Record<string, number> = {}
  for (const r of relation.rows) rows[r.set] = (rows[r.set] ?? 0) + 1
  return { report: { id: relation.id, name: relation.name, rows, cells }, findings }
}

/** An actor who is to see some rows only, and there are no others. */
function aloneIn(relation: Relation, expected: Reach, actor: Actor): boolean {
  return !['denied', 'nothing', 'refused', 'all'].includes(expected[0]!) && expectedRows(expected, relation, actor).size === relation.rows.length
}

function difference(relation: Relation, actor: Actor, operation: Operation, expected: Reach, seen: Observed): string {
  const observed = reachOf(seen, relation, actor)
  const lonely = ['denied', 'nothing', 'refused'].includes(expected[0]!)
  const wanted = lonely ? new Set<never>() : expectedRows(expected, relation, actor)
  const more = new Set([...seen.reached].filter((r) => !wanted.has(r as never)))
  const less = new Set([...wanted].filter((r) => !seen.reached.has(r)))
  const details = [
    ...(more.size > 0 ? [`too much: ${rowWords(more, relation, actor).join(', ')}`] : []),
    ...(less.size > 0 ? [`too little: ${rowWords(less, relation, actor).join(', ')}`] : []),
    ...[seen.said ?? seen.refusals[0]].filter((s) => s !== undefined && s !== null).map((s) => `PostgreSQL says: ${s}`),
  ]
  return `${operation} on ${relation.name} by "${actor.name}": expected ${expected.join(', ')}, observed ${observed.join(', ')}${details.length === 0 ? '' : ` (${details.join('; ')})`}`
}
