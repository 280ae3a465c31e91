import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AccessReport } from '../../src/access/index.ts'
import { schema, type Ended } from '../support/command.ts'

const shop = fileURLToPath(new URL('shop', import.meta.url))

/** A change of one file of the shop: a text that is there, and what takes its place. */
export type Edit = readonly [file: string, find: string, by: string]

export interface Shop {
  readonly folder: string
  test(...args: readonly string[]): Promise<Ended>
  report(...args: readonly string[]): Promise<AccessReport & { code: number | null }>
}

/** Uses a copy of the shop, spoilt by some edits. */
export async function withShop<T>(edits: readonly Edit[], use: (shop: Shop) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pgi-access-'))
  try {
    cpSync(shop, folder, { recursive: true })
    for (const [file, find, by] of edits) {
      const text = readFileSync(join(folder, file), 'utf8')
      if (!text.includes(find)) throw new Error(`${file} does not hold ${find}`)
      writeFileSync(
        join(folder, file),
        text.replace(find, () => by),
      )
    }
    const test = (...args: readonly string[]): Promise<Ended> => schema('test', '--config', join(folder, 'schema.config.ts'), '--schema', join(folder, 'schema'), '--shadow', `embedded:${process.env['TEST_PG_MAJOR'] ?? 15}`, ...args) // prettier-ignore
    const report = async (...args: readonly string[]): Promise<AccessReport & { code: number | null }> => {
      const { code, out, err } = await test('--json', ...args)
      if (out === '') throw new Error(err)
      return { ...(JSON.parse(out) as AccessReport), code }
    }
    return await use({ folder, test, report })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was observed of one operation, in words. */
export function observed(report: AccessReport, table: string, actor: string, operation: string): string {
  const cell = report.tables.find((t) => t.name.includes(table))?.cells.find((c) => c.actor === actor)
  return cell?.operations.find((o) => o.operation === operation)?.observed.join(' ') ?? 'not tried'
}
