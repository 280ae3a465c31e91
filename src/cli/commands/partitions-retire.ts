import { exit, schemaOption, urlOption, type Command, type Output } from '../command.ts'
import type { Candidate } from '../../partitions/candidates.ts'
import type { Outcome } from '../../partitions/retire.ts'
import type { Connection } from '../../db/index.ts'
import { UserError } from '../../model/error.ts'
import { qualified } from '../../sql/identifier.ts'

interface Args {
  url?: string
  schema?: string
  before?: string
  archive?: string
  dropWithoutArchive?: boolean
  plainDetach?: boolean
  dryRun?: boolean
  yes?: boolean
  lockTimeout: number
}

export const command: Command<Args> = {
  name: 'partitions retire',
  describe: 'detach, archive and drop the partitions past their retention, but for those under a legal hold',
  options: (y) =>
    y
      .option('url', urlOption)
      .option('schema', schemaOption)
      .option('before', { type: 'string', describe: 'the first month to keep, as 2024-07 (default: by the `retain` of each table)' })
      .option('archive', { type: 'string', describe: 'the folder that archives are written to' })
      .option('drop-without-archive', { type: 'boolean', describe: 'drop the rows for good' })
      .option('plain-detach', { type: 'boolean', describe: 'detach under ACCESS EXCLUSIVE where a DEFAULT partition allows nothing else' })
      .option('dry-run', { type: 'boolean', describe: 'print what would go and do nothing; so it is without --yes' })
      .option('yes', { type: 'boolean', alias: 'y', describe: 'do it' })
      .option('lock-timeout', { type: 'number', default: 2000, describe: 'milliseconds to wait for a lock before trying again' })
      .conflicts('archive', 'drop-without-archive')
      .conflicts('dry-run', 'yes'),
  run: async (args, out) => {
    const before = firstKept(args.before)
    const { requestFrom } = await import('../pipeline.ts')
    const request = await requestFrom(args, out.progress)
    const { connect } = await import('../../db/index.ts')
    const { alone, everyRow, settings } = await import('../../partitions/session.ts')
    const connection = await connect(request.url, { applicationName: 'pgintent partitions', minimumVersion: 15 })
    try {
      if (!args.yes) {
        // Whatever the queries of the declaration do, a dry run writes nothing.
        await connection.script([...settings, everyRow, 'SET default_transaction_read_only = on'].join('; '))
        return await preview(connection, (await due(request, connection, before)).list, args, out)
      }
      await consent(args)
      return await alone(connection, { lockTimeout: args.lockTimeout, patience: 0, more: [everyRow] }, () => run(request, connection, before, args, out))
    } finally {
      await connection.close()
    }
  },
}

type Request = Awaited<ReturnType<typeof import('../pipeline.ts').requestFrom>>

function firstKept(before: string | undefined): Date | null {
  if (before === undefined) return null
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(before)) throw new UserError({ where: 'schema partitions retire', what: `--before ${before} is no month`, todo: 'write it as 2024-07' })
  return new Date(`${before}-01T00:00:00Z`)
}

async function consent({ archive, dropWithoutArchive }: Args): Promise<void> {
  if (archive === undefined && !dropWithoutArchive)
    throw new UserError({
      where: 'schema partitions retire',
      what: 'it would drop rows that are kept nowhere else',
      todo: 'give --archive DIR, or say --drop-without-archive',
      code: 'refused',
    })
  if (archive !== undefined) await (await import('../../partitions/manifest.ts')).archiveFolder(archive)
}

/** What is due, in the order in which it goes, and partitions that no declaration lists. */
async function due(request: Request, connection: Connection, before: Date | null): Promise<{ list: Candidate[]; unlisted: string[] }> {
  const { compare } = await import('../pipeline.ts')
  const { ShadowSession } = await import('../shadow-session.ts')
  const { calendarTables } = await import('../../partitions/calendar-tables.ts')
  const { candidates } = await import('../../partitions/candidates.ts')
  const { cutoffs } = await import('../../partitions/cutoffs.ts')
  const { foreignKeys, livePartitions } = await import('../../partitions/look.ts')
  const { openRetirements } = await import('../../apply/retirements.ts')
  const shadow = new ShadowSession(request.config.config.shadow)
  try {
    const { declared, desired, current } = await compare(request, shadow)
    request.progress.stop()
    const tables = calendarTables(desired, current)
    const paths = tables.map((t) => desired.objects.get(t.id)!.path)
    const live = await livePartitions(connection, paths)
    const cutoff = cutoffs(tables, await foreignKeys(connection, paths), before)
    const listed = new Set(tables.flatMap((t) => t.months.map((m) => m.id)))
    const unlisted = live.filter((l) => !l.isDefault && !listed.has(l.id)).map((l) => qualified(l.path))
    return { list: candidates(tables, cutoff, live, await openRetirements(connection), declared.model), unlisted }
  } finally {
    await shadow.close()
  }
}

async function preview(connection: Connection, list: readonly Candidate[], args: Args, out: Output): Promise<typeof exit.done> {
  const { refusal } = await import('../../partitions/retire.ts')
  const outcomes: Outcome[] = []
  for (const c of list) {
    const before = outcomes.flatMap((o) => (o.refused === null && o.candidate.live !== null ? [o.candidate.live.oid] : []))
    outcomes.push({ candidate: c, dropped: null, refused: await refusal(connection, c, args.plainDetach === true, before) })
  }
  const going = outcomes.filter((o) => o.refused === null)
  out.document({
    dryRun: true,
    retire: going.map(({ candidate: c }) => described(c)),
    refused: outcomes.filter((o) => o.refused !== null).map((o) => ({ ...described(o.candidate), reason: o.refused })),
  })
  for (const { candidate: c } of going) out.say(`${line(c)}: ${c.live === null ? 'detached already, ' : c.live.pending ? 'finish the detach, ' : 'detach, '}archive, drop`)
  for (const o of outcomes) if (o.refused !== null) out.say(`${line(o.candidate)}: stays: ${o.refused}`)
  out.say(list.length === 0 ? 'no partition is past its retention' : `${going.length} of ${list.length} partitions would go; --yes with --archive DIR does it`)
  return refusedAll(outcomes)
}

async function run(request: Request, connection: Connection, before: Date | null, args: Args, out: Output): Promise<typeof exit.done> {
  const { ensureRetirements } = await import('../../apply/retirements.ts')
  const { retire, settle } = await import('../../partitions/retire.ts')
  await ensureRetirements(connection)
  await settle(connection)
  const { list, unlisted } = await due(request, connection, before)
  const retry = (n: number, reason: string, wait: number): void => out.say(`  attempt ${n}: ${reason}; trying again in ${(wait / 1000).toFixed(1)} s`)
  const how = { folder: args.archive ?? null, plain: args.plainDetach === true, patience: { attempts: 8, retry } }
  const outcomes = await retire(connection, list, how, ({ candidate: c, dropped: d, refused }) => {
    const name = qualified(c.path)
    if (d === null) out.say(`${name}: stays: ${refused}`)
    else out.say(`${name}: ${d.rows} rows ${d.file === null ? 'dropped without an archive' : `archived to ${d.file} (SHA-256 ${d.sha256}), read back and dropped`}`)
  })
  out.document({
    dryRun: false,
    retired: outcomes.flatMap(({ candidate: c, dropped }) => (dropped === null ? [] : [{ ...described(c), ...dropped }])),
    refused: outcomes.flatMap(({ candidate: c, refused }) => (refused === null ? [] : [{ ...described(c), reason: refused }])),
    unlisted,
  })
  if (outcomes.length === 0) out.say('no partition is past its retention')
  for (const u of unlisted) out.say(`${u} is left alone: no declaration lists it`)
  return refusedAll(outcomes)
}

const described = (c: Candidate) => ({ table: qualified(c.parent), partition: qualified(c.path), bound: c.bound, from: c.month?.from ?? null, until: c.month?.until ?? null })

function line(c: Candidate): string {
  const size = c.live === null ? '' : ` (${c.live.rows === null ? '' : `about ${c.live.rows} rows, `}${Math.ceil(c.live.bytes / 1024)} kB)`
  return `${qualified(c.path)}${size}`
}

/** Done, unless something was refused: that is an error of its own, and the others have gone all the same. */
function refusedAll(outcomes: readonly Outcome[]): typeof exit.done {
  const no = outcomes.filter((o) => o.refused !== null)
  if (no.length === 0) return exit.done
  throw new UserError({
    where: 'partitions',
    what: `refused, ${no.map((o) => `${qualified(o.candidate.path)}: ${o.refused}`).join(' | ')}`,
    todo: no.length === outcomes.length ? 'they stay until that is over' : 'they stay until that is over; nothing keeps the others',
    code: 'refused',
  })
}
