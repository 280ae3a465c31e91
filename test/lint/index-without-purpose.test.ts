import { check } from './check.ts'

check('index-without-purpose', {
  'off unless asked for': { sql: 'create table t (id int unique); create index i on t (id)', finds: [] },
  'indexes and unique keys, no primary key': {
    sql: `create table t (id int primary key, n int unique, m int unique); create index i on t (n, m); create index j on t (m, n);
      comment on index j is 'Serves a list'; comment on constraint t_m_key on t is 'One each'`,
    level: 'warn',
    finds: ['index:public.i', 'key:public.t.t_n_key'],
  },
  'partitions speak through their parent': {
    sql: `create table t (id int) partition by range (id); create index i on t (id); comment on index i is 'Serves a list'; create table t1 partition of t for values from (1) to (9)`,
    level: 'error',
    finds: [],
  },
})
