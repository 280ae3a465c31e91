// A schema of any size, made of what real ones have: keys, foreign keys, checks, defaults, indexes, comments, views, policies.

/** SQL of `n` tables in namespaces of a hundred. */
export function generatedSchema(n) {
  const out = []
  for (let i = 0; i < n; i++) {
    const ns = `area_${Math.floor(i / 100)}`
    if (i % 100 === 0) out.push(`create schema ${ns}; create type ${ns}.state as enum ('new', 'open', 'done');`)
    const t = `${ns}.table_${i}`
    // Every table refers to one made before it in its namespace, a few of them often.
    const first = Math.floor(i / 100) * 100
    const parent = i === first ? null : `${ns}.table_${Math.max(first, i - 1 - (i % 7))}`
    out.push(`create table ${t} (
      id uuid primary key default gen_random_uuid(), parent_id uuid, name text not null default 'unnamed', state ${ns}.state not null default 'new',
      amount numeric(12, 2), quantity integer not null default 0 check (quantity >= 0), tags text[] default '{}', payload jsonb, created_at timestamptz not null default now(),
      constraint table_${i}_name_length check (length(name) <= 200), unique (name, created_at));
      create index table_${i}_parent on ${t} (parent_id); create index table_${i}_open on ${t} (created_at desc) where state <> 'done';
      comment on table ${t} is 'Table number ${i}.';`)
    if (parent) out.push(`alter table ${t} add foreign key (parent_id) references ${parent} on delete cascade;`)
    if (i % 10 === 0)
      out.push(
        `create view ${ns}.view_${i} as select id, name from ${t} where state = 'open'; alter table ${t} enable row level security; create policy p on ${t} using (name <> current_user);`,
      )
  }
  return out.join('\n')
}
