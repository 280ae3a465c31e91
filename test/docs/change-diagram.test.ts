import { expect, test } from 'vitest'
import { changeDiagram } from '../../src/docs/index.ts'
import { canonicalJson } from '../../src/model/fingerprint.ts'
import type { Model } from '../../src/model/model.ts'
import type { Id } from '../../src/model/object.ts'
import { drawn, unreadable } from './diagrams.ts'
import { modelsOf } from './model-of.ts'
import { shop } from './shop.ts'

function touchedBetween(a: Model, b: Model): Set<Id> {
  const text = (m: Model, id: Id): string => canonicalJson(m.objects.get(id)?.attrs ?? null)
  return new Set([...a.objects.keys(), ...b.objects.keys()].filter((id) => text(a, id) !== text(b, id)))
}

async function diagramOf(change: string): Promise<string | null> {
  const [before, after] = (await modelsOf(shop, change)) as [Model, Model]
  const diagram = changeDiagram(before, after, touchedBetween(before, after))
  expect(diagram === null ? [] : unreadable(diagram)).toEqual([])
  return diagram
}

test('what came, went and changed is marked, with its neighbours as bare boxes', { timeout: 120_000 }, async () => {
  const diagram = await diagramOf(`
    create table shop.channels (id uuid primary key);
    alter table shop.orders add channel uuid references shop.channels, drop price, alter at drop not null;
    alter policy writers on shop.orders with check (total > 1);
    grant delete on shop.orders to pg_monitor;
    comment on column shop.orders.tags is 'Tags';
    drop table shop.profiles;
    alter table shop.lines add note text`)
  await expect(`${diagram}\n`).toMatchFileSnapshot('golden/change.mmd.golden')
  const { entities, full } = drawn(diagram!)
  expect([...full]).toEqual(['+ shop.channels', '~ shop.lines', '~ shop.orders', '- shop.profiles'])
  expect([...entities].filter((e) => !full.has(e))).toEqual(['shop.customers'])
})

test('partitions that come are one row of their parent', { timeout: 120_000 }, async () => {
  const one = `create table shop.orders_c partition of shop.orders for values from ('80000000-0000-0000-0000-000000000000') to ('a0000000-0000-0000-0000-000000000000');`
  expect(await diagramOf(one)).toMatch(/^ {4}partition orders_c "\+"$/m)
  const more = `create table shop.orders_d partition of shop.orders for values from ('a0000000-0000-0000-0000-000000000000') to ('b0000000-0000-0000-0000-000000000000');`
  const diagram = await diagramOf(one + more)
  expect(diagram).toMatch(/^ {4}partitions orders_c "\+ 2, to orders_d"$/m)
  expect(drawn(diagram!).full).toEqual(new Set(['~ shop.orders']))
})

test('no table, no diagram', { timeout: 120_000 }, async () => {
  expect(await diagramOf(`comment on function shop.touch() is 'T'`)).toBe(null)
})

test('a hub’s neighbours are counted, not all drawn; those whose foreign keys change stay', { timeout: 120_000 }, async () => {
  const spokes = Array.from({ length: 30 }, (_, i) => `create table s${i} (id int primary key, hub int references hub);`).join('')
  const [before, after] = (await modelsOf(`create table hub (id int primary key); ${spokes}`, 'alter table s29 drop constraint s29_hub_fkey; alter table hub add note text')) as [
    Model,
    Model,
  ]
  const diagram = changeDiagram(before, after, touchedBetween(before, after))!
  expect(unreadable(diagram)).toEqual([])
  const { entities, relations } = drawn(diagram)
  expect(entities.has('and 21 more tables')).toBe(true)
  expect(entities.size).toBe(11)
  expect(relations).toContain('public.hub |o--o{ ~ public.s29: - hub'.replace('public.hub', '~ public.hub'))
})
