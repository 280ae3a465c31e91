import { check } from './check.ts'

const t = 'create table t (a int primary key, b int, c text);'

check('index-duplicate', {
  'a prefix': { sql: `${t} create index x on t (b); create index y on t (b, c)`, finds: ['index:public.x'] },
  'not a prefix': { sql: `${t} create index x on t (c); create index y on t (b, c)`, finds: [] },
  'the same twice: the first by name stays': { sql: `${t} create index x on t (b); create index y on t (b)`, finds: ['index:public.y'] },
  'a key stays': { sql: `${t} create index i on t (a)`, finds: ['index:public.i'] },
  'two keys alike': { sql: `${t} alter table t add constraint u unique (a)`, finds: ['key:public.t.u'] },
  'unique is more than a prefix': { sql: `${t} create unique index x on t (b); create index y on t (b, c)`, finds: [] },
  backwards: { sql: `${t} create index x on t (b desc); create index y on t (b, c)`, finds: ['index:public.x'] },
  'one of two backwards': { sql: `${t} create index x on t (b desc, c); create index y on t (b, c)`, finds: [] },
  'a partial one of the whole': { sql: `${t} create index x on t (b) where c is null; create index y on t (b, c)`, finds: [] },
  'the whole of a partial one': { sql: `${t} create index x on t (b); create index y on t (b, c) where c is null`, finds: [] },
  'two with one predicate': { sql: `${t} create index x on t (b) where c is null; create index y on t (b, c) where c is null`, finds: ['index:public.x'] },
  'what it includes is not in the other': { sql: `${t} create index x on t (b) include (c); create index y on t (b, a)`, finds: [] },
  'what it includes is': { sql: `${t} create index x on t (b) include (c); create index y on t (b, a) include (c)`, finds: ['index:public.x'] },
  'another operator class': { sql: `${t} create index x on t (c text_pattern_ops); create index y on t (c, b)`, finds: [] },
  expressions: { sql: `${t} create index x on t (lower(c)); create index y on t (lower(c), b); create index z on t (upper(c))`, finds: ['index:public.x'] },
  'another method': { sql: `${t} create index x on t using hash (b); create index y on t (b)`, finds: [] },
})
