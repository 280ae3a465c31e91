import type { AccessReport } from '../../access/index.ts'

/** What became of the mutants, below the matrix. */
export function mutantsText({ mutants, findings }: AccessReport): string {
  if (mutants === null) return 'mutants: none made, as what is declared is not so'
  const { made, noticed, nothingToGive, unnoticed } = mutants
  const survivors = findings.filter((f) => f.rule === 'mutant').length
  return [
    ...unnoticed.map((u) => `  ${u.mutants.length === 1 ? u.mutants[0] : `${u.mutants.length} mutants, ${u.what}`}   unnoticed: ${u.why}`),
    `mutants: ${made} made, ${noticed} noticed, ${survivors} not noticed, ${unnoticed.flatMap((u) => u.mutants).length} declared to go unnoticed, ${nothingToGive.length} that give nobody more (--json lists them)`,
  ].join('\n')
}
