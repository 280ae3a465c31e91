import * as z from 'zod'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({
  create: z.string(),
  undo: z.string(),
  /** A SELECT of one boolean: whether it is there. Run read-only, in the same snapshot as everything else. */
  exists: z.string(),
})
export type RawAttrs = z.infer<typeof schema>

/** What has no word yet. A server cannot print it back, so it is present or absent and never compared. */
export const raw = defineKind<RawAttrs>({
  kind: 'raw',
  label: 'raw SQL',
  weight: 88,
  schema,
  catalog: () => `select null as path where false`,
  create: (o) => [o.attrs.create],
  drop: (o) => [o.attrs.undo],
  alter: { create: 'replace', undo: () => [], exists: () => [] },
  unprintable: true,
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  hazards: (type, from, to) => [
    { name: 'raw_sql', destructive: false, sentence: `${type === 'drop' ? 'undoes' : 'runs'} SQL that nothing here understands: ${(to ?? from)!.path[0]}` },
  ],
})
