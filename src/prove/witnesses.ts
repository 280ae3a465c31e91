import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { plainClient } from '../db/index.ts'

/** A reader of databases that is not our code: it answers with comparable lines. */
export interface Witness {
  readonly name: string
  readonly look: (url: string) => Promise<readonly string[]>
}

const run = promisify(execFile)

/** pg_dump --schema-only, entry by entry; the columns of a table are sorted, since their order cannot be changed in place. */
export function pgDumpWitness(binary: string): Witness {
  const look = async (url: string): Promise<string[]> => {
    const parsed = new URL(url)
    const env = { ...process.env, PGPASSWORD: decodeURIComponent(parsed.password) }
    parsed.password = ''
    const { stdout } = await run(binary, ['--schema-only', '-d', parsed.toString()], { env, maxBuffer: 1 << 30 })
    return dumpEntries(stdout)
  }
  return { name: 'pg_dump', look }
}

/** Stands between entries, behind whatever comes first in the dump. */
const isSetting = /^SET default_(tablespace = ''|table_access_method = heap);$/

/** pg_dump names a policy's roles in the order in which they happen to lie in the catalog. */
const rolesSorted = (line: string): string => line.replace(/(?<= TO )\S+(?:, \S+)+?(?= USING \(| WITH CHECK \(|;$)/, (roles) => roles.split(', ').sort().join(', '))

function dumpEntries(text: string): string[] {
  return text
    .split(/\n(?=-- Name: )/)
    .slice(1)
    .map((entry) => {
      const lines = entry.split('\n').filter((l, i) => l !== '' && !l.startsWith('\\') && !isSetting.test(l) && (i === 0 || !l.startsWith('--')))
      if (lines[0]!.includes('; Type: POLICY;')) return lines.map(rolesSorted).join('\n')
      if (!/Type: (TABLE|ACL|DEFAULT ACL);/.test(lines[0]!)) return lines.join('\n')
      return [
        lines[0],
        ...lines
          .slice(1)
          .map((l) => l.replace(/,$/, ''))
          .sort(),
      ].join('\n')
    })
    .sort()
}

interface StructureEntity {
  readonly fullName: string
  readonly columns: Iterable<{ name: string; notNull: boolean; type: { name: string } }>
  readonly indexes?: Iterable<{ name: string; isUnique: boolean }>
  readonly constraints?: Iterable<{ name: string }>
}
type PgStructure = (client: unknown, options: object) => Promise<{ entities: Iterable<StructureEntity> }>

/** pg-structure: tables, columns, types, keys and indexes of these namespaces. */
export function structureWitness(namespaces: readonly string[]): Witness {
  const look = async (url: string): Promise<string[]> => {
    const load = (await import('pg-structure')) as unknown as { default: PgStructure | { default: PgStructure } }
    const pgStructure = typeof load.default === 'function' ? load.default : load.default.default
    // It asks several things of one connection at a time, which its driver warns about on every run.
    process.noDeprecation = true
    const { client, close } = await plainClient(url, 'pg-structure')
    const read = async (includeSchemas: readonly string[]): Promise<string[]> => {
      const db = await pgStructure(client, { includeSchemas, keepConnection: true })
      return [...db.entities].map(lineOf)
    }
    try {
      // Some schemas it can only read whole, others only one namespace at a time.
      const lines = await read(namespaces).catch(async () => {
        const parts: string[] = []
        for (const namespace of namespaces) parts.push(...(await read([namespace])))
        return parts
      })
      return lines.sort()
    } finally {
      await close()
    }
  }
  return { name: 'pg-structure', look }
}

function lineOf(entity: StructureEntity): string {
  const columns = [...entity.columns].map((c) => `${c.name} ${c.type.name} ${c.notNull ? 'not null' : 'null'}`).sort()
  const indexes = [...(entity.indexes ?? [])].map((i) => `${i.name} ${i.isUnique}`).sort()
  const constraints = [...(entity.constraints ?? [])].map((c) => c.name).sort()
  return `${entity.fullName}: ${columns.join(', ')}; ${indexes.join(', ')}; ${constraints.join(', ')}`
}

/** Lines that one side has and the other has not. */
export function disagreement(a: readonly string[], b: readonly string[]): string[] {
  const inA = new Set(a)
  const inB = new Set(b)
  return [...a.filter((x) => !inB.has(x)).map((x) => `+ ${x}`), ...b.filter((x) => !inA.has(x)).map((x) => `- ${x}`)]
}
