import { check } from './check.ts'

const parents = 'create table p (id int primary key, m int, unique (m, id));'

check('foreign-key-without-index', {
  'no index': { sql: `${parents} create table c (id int primary key, p int references p)`, finds: ['foreign_key:public.c.c_p_fkey'] },
  'an index': { sql: `${parents} create table c (id int primary key, p int references p); create index on c (p, id)`, finds: [] },
  'a key': { sql: `${parents} create table c (p int references p, id int, primary key (p, id))`, finds: [] },
  'the column comes second': { sql: `${parents} create table c (p int references p, id int, primary key (id, p))`, finds: ['foreign_key:public.c.c_p_fkey'] },
  'two columns in the other order': {
    sql: `${parents} create table c (id int primary key, m int, p int, foreign key (m, p) references p (m, id)); create index on c (p, m, id)`,
    finds: [],
  },
  'only one of two columns': {
    sql: `${parents} create table c (id int primary key, m int, p int, foreign key (m, p) references p (m, id)); create index on c (m, id)`,
    finds: ['foreign_key:public.c.c_m_p_fkey'],
  },
  'without the nulls': { sql: `${parents} create table c (id int primary key, p int references p); create index on c (p) where p is not null`, finds: [] },
  'without the nulls of two columns': {
    sql: `${parents} create table c (id int primary key, m int, p int, foreign key (m, p) references p (m, id)); create index on c (m, p) where m is not null and p is not null`,
    finds: [],
  },
  'without more than nulls': {
    sql: `${parents} create table c (id int primary key, p int references p); create index on c (p) where p is not null and id > 5`,
    finds: ['foreign_key:public.c.c_p_fkey'],
  },
  'without the nulls of another column': {
    sql: `${parents} create table c (id int primary key, p int references p); create index on c (p) where id is not null`,
    finds: ['foreign_key:public.c.c_p_fkey'],
  },
  'hash, and BRIN, which is no help': {
    sql: `${parents} create table c (id int primary key, p int references p, q int references p); create index on c using hash (p); create index on c using brin (q)`,
    finds: ['foreign_key:public.c.c_q_fkey'],
  },
  'a partition’s own foreign key with its parent’s index': {
    sql: `${parents} create table c (id int, p int) partition by range (id); create index on c (p); create table c1 partition of c for values from (1) to (9); alter table c1 add foreign key (p) references p`,
    finds: [],
  },
  'a quoted name': { sql: `${parents} create table c (id int primary key, "P of" int references p); create index on c ("P of") where "P of" is not null`, finds: [] },
})
