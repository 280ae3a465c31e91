import { check } from './check.ts'

check('table-without-primary-key', {
  'a table without one': { sql: 'create table t (id int)', finds: ['table:public.t'] },
  'UNIQUE NOT NULL is none': { sql: 'create table t (id int not null unique)', finds: ['table:public.t'] },
  'a table with one': { sql: 'create table t (id int primary key)', finds: [] },
  'partitions have their parent’s': {
    sql: 'create table t (id int primary key) partition by range (id); create table t1 partition of t for values from (1) to (9)',
    finds: [],
  },
  'a partitioned table without one is told once': {
    sql: 'create table t (id int) partition by range (id); create table t1 partition of t for values from (1) to (9)',
    finds: ['table:public.t'],
  },
})
