import type { Connection } from '../db/index.ts'
import { kindNamed } from '../kinds/index.ts'
import type { Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'
import { literal } from '../sql/literal.ts'

/** A declared function whose body no server can run. */
export interface BadBody {
  readonly object: DbObject
  readonly message: string
}

/**
 * A schema is built with check_function_bodies off, because a body may speak of what comes later. Once all is there, this
 * lets PostgreSQL read the declared bodies, in one round trip. Only a syntax error counts: what a body does not find may be
 * outside what is managed, and an old function that nobody calls may be at odds with its table in a live database too.
 */
export async function badBody(connection: Connection, model: Model): Promise<BadBody | null> {
  const declared = [...model.objects.values()].filter((o) => 'at' in o && typeof o.attrs['body'] === 'string' && o.attrs['parsed'] === false)
  if (declared.length === 0) return null
  const tries = declared.map(
    (o, i) =>
      `BEGIN EXECUTE ${literal(String(statement(o, model)))}; EXCEPTION WHEN syntax_error THEN RAISE NOTICE 'pgintent body % %', ${i}, SQLERRM; WHEN OTHERS THEN NULL; END;`,
  )
  const said: string[] = []
  const end = connection.onNotice((n) => said.push(n.message))
  try {
    const settings = `SET LOCAL check_function_bodies = on; SET LOCAL client_min_messages = notice; `
    await connection.script(`SAVEPOINT bodies; ${settings}DO ${literal(`BEGIN\n${tries.join('\n')}\nEND`)}; ROLLBACK TO SAVEPOINT bodies; RELEASE SAVEPOINT bodies`)
  } finally {
    end()
  }
  const first = said.map((s) => /^pgintent body (\d+) ([^]*)$/.exec(s)).find((m) => m !== null)
  return first == null ? null : { object: declared[Number(first[1])]!, message: first[2]! }
}

function statement(o: DbObject, model: Model): unknown {
  const [first] = kindNamed(o.kind).create(o, { model, inlined: () => [] })
  return typeof first === 'string' ? first : first!.sql
}
