import { exit, schemaOption, urlOption, type Command, type Output } from '../command.ts'
import { UserError } from '../../model/error.ts'
import type { Comparison } from '../pipeline.ts'
import type { Creation } from '../../partitions/creation.ts'
import type { CalendarTable } from '../../partitions/calendar-tables.ts'
import type { Reach } from '../../partitions/reach.ts'

interface Args {
  url?: string
  schema?: string
  ahead?: number
  dryRun?: boolean
  check?: boolean
  days?: number
  lockTimeout: number
}

export const command: Command<Args> = {
  name: 'partitions ensure',
  describe: 'make the monthly partitions that are declared and missing',
  options: (y) =>
    y
      .option('url', urlOption)
      .option('schema', schemaOption)
      .option('ahead', { type: 'number', describe: 'months after the current one to have ready (default: as each table declares)' })
      .option('dry-run', { type: 'boolean', describe: 'print the SQL and make nothing' })
      .option('check', { type: 'boolean', describe: 'make nothing; exit 2 when a table is less than --days ahead' })
      .option('days', { type: 'number', default: 45, describe: 'for --check: the days that every table must be ahead' })
      .option('lock-timeout', { type: 'number', default: 2000, describe: 'milliseconds to wait for all locks before trying again, at most half of deadlock_timeout' })
      .conflicts('check', ['dry-run', 'ahead']),
  run: async (args, out) => {
    const { compare, requestFrom } = await import('../pipeline.ts')
    const { ShadowSession } = await import('../shadow-session.ts')
    const { calendarTables } = await import('../../partitions/calendar-tables.ts')
    const { creations } = await import('../../partitions/creation.ts')
    const loaded = await requestFrom(args, out.progress)
    const shadow = new ShadowSession(loaded.config.config.shadow)
    const request = { ...loaded, ...aheadFor(args) }
    const look = async () => {
      const comparison = await compare(request, shadow)
      const tables = calendarTables(comparison.desired, comparison.current)
      return { comparison, tables, missing: creations(tables, comparison.current, comparison.desired) }
    }
    try {
      if (args.check || args.dryRun) {
        const { tables, missing } = await look()
        return args.check ? check(await reaches(tables, []), args.days!, out) : dryRun(missing, await reaches(tables, missing), out)
      }
      const { connect } = await import('../../db/index.ts')
      const { alone } = await import('../../partitions/session.ts')
      const connection = await connect(request.url, { applicationName: 'pgintent partitions', minimumVersion: 15 })
      try {
        return await alone(connection, { lockTimeout: args.lockTimeout, patience: 60_000 }, async () => {
          const { comparison, tables, missing } = await look()
          const { ensure } = await import('../../partitions/ensure.ts')
          out.progress.stop()
          const retry = (n: number, reason: string, wait: number): void => out.say(`  attempt ${n}: ${reason}; trying again in ${(wait / 1000).toFixed(1)} s`)
          await ensure(connection, missing, { attempts: 8, retry }, (c) => out.say(`made ${c.partition}`))
          if (missing.length > 0) asDeclared(missing, comparison, (await look()).comparison)
          report(missing, tables, await reaches(tables, missing), out)
          return exit.done
        })
      } finally {
        await connection.close()
      }
    } finally {
      await shadow.close()
    }
  },
}

/** For a check every month is listed that could matter, whatever a table declares. */
function aheadFor({ ahead, check, days }: Args): { ahead?: (declared: number) => number } {
  if (check) return { ahead: (declared) => Math.max(declared, Math.ceil(days! / 28) + 1) }
  return ahead === undefined ? {} : { ahead: () => ahead }
}

async function reaches(tables: readonly CalendarTable[], made: readonly Creation[]): Promise<Reach[]> {
  const { nameOf } = await import('../../partitions/calendar-tables.ts')
  const { reachOf } = await import('../../partitions/reach.ts')
  const ids = new Set(made.map((m) => m.id))
  return tables.map((t) => reachOf(t, nameOf(t.id), ids))
}

const ahead = (r: Reach): string => `${r.table} takes rows until ${r.until}, ${r.days} days ahead`

function check(list: readonly Reach[], days: number, out: Output): typeof exit.done | typeof exit.differences {
  out.progress.stop()
  const late = list.filter((r) => r.days < days)
  out.document({ days, tables: list.map((r) => ({ ...r, ok: r.days >= days })) })
  for (const r of list) out.say(`${r.days < days ? 'late' : 'ok  '}  ${ahead(r)}`)
  if (list.length === 0) out.say('no table is declared with monthly(…)')
  if (late.length > 0) out.say(`${late.length} of ${list.length} tables are less than ${days} days ahead: run schema partitions ensure`)
  return late.length > 0 ? exit.differences : exit.done
}

function dryRun(missing: readonly Creation[], list: readonly Reach[], out: Output): typeof exit.done {
  out.progress.stop()
  out.document({ dryRun: true, made: missing.map(({ table, partition, sql }) => ({ table, partition, sql })), tables: list })
  for (const c of missing) out.say(['BEGIN', ...c.sql, 'COMMIT'].map((s) => `${s};`).join('\n') + '\n')
  out.say(missing.length === 0 ? 'every declared partition is there' : `${missing.length} partitions would be made`)
  for (const r of list) out.say(`  ${ahead(r)}`)
  return exit.done
}

function report(made: readonly Creation[], tables: readonly CalendarTable[], list: readonly Reach[], out: Output): void {
  const absent = tables.filter((t) => t.current === undefined).map((t) => t.id.slice(t.id.indexOf(':') + 1))
  out.document({ made: made.map(({ table, partition }) => ({ table, partition })), tables: list, notThere: absent })
  out.say(made.length === 0 ? 'every declared partition is there' : `${made.length} partitions made`)
  for (const r of list) if (!absent.includes(r.table)) out.say(`  ${ahead(r)}`)
  for (const t of absent) out.say(`  ${t} is declared and not in the database: run schema apply`)
}

/** What was made must be what is declared. Where something else differed before, the table itself may be what differs. */
function asDeclared(made: readonly Creation[], before: Comparison, after: Comparison): void {
  const names = made.map((m) => m.partition)
  const differing = after.changes.filter((c) => names.some((n) => c.id.includes(n)))
  if (differing.length === 0 || before.changes.some((c) => !names.some((n) => c.id.includes(n)))) return
  throw new UserError({
    where: 'post-check',
    what: `every partition was made, but ${differing.map((c) => c.id).join(', ')} differs from the declaration`,
    todo: 'see `schema drift`',
  })
}
