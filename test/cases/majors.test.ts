import { join } from 'node:path'
import { describe, test } from 'vitest'
import { casesFolder, caseNames, check } from '../support/check.ts'
import type { Major } from '../support/postgres.ts'

/** One case of each kind, the one that says most; what only other majors than the default can tell is in it. */
const chosen = new Set([
  'aggregate/create-and-change', 'check/no-inherit-and-not-valid', 'collation/made-anew', 'column/generated', 'column/not-null', 'comment/on-everything', 'composite_type/attributes',
  'default_grant/add-change-drop', 'domain/checks-and-default', 'domain_check/add-drop-validate', 'enum/remove-value', 'event_trigger/add-change-drop', 'exclusion/add-and-change', 'extension/add-and-use',
  'foreign_key/actions', 'function/atomic-body', 'grant/on-everything', 'index/all-features', 'key/kinds-of-unique', 'materialized_view/with-indexes',
  'membership/add-drop-admin', 'namespace/rename-with-contents', 'owner/change', 'policy/change-everything', 'publication/members-change', 'range_type/create-and-change', 'raw/add-and-change',
  'role/create-alter-settings', 'row_security/enable-force-disable', 'rule/add-change-disable', 'sequence/options', 'sequence_owner/change', 'statistics/add-change-drop', 'table/partition-range-with-default',
  'trigger/all-features', 'view/columns-added-and-dropped',
]) // prettier-ignore

describe.each<Major>([16, 17, 18])('PostgreSQL %i', (major) => {
  for (const name of caseNames().filter((n) => chosen.has(n))) test(name, () => check(join(casesFolder, name), major))
})
