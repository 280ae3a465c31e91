import { check } from './check.ts'

check('timestamp-without-time-zone', {
  'plain, with precision, in an array, under a domain': {
    sql: 'create domain d as timestamp; create table t (a timestamp, b timestamp(3), c timestamp[], d d, e timestamptz, f date, g time)',
    finds: ['column:public.t.a', 'column:public.t.b', 'column:public.t.c', 'column:public.t.d'],
  },
  'a partition does not repeat it': {
    sql: 'create table t (id int, a timestamp) partition by range (id); create table t1 partition of t for values from (1) to (9)',
    finds: ['column:public.t.a'],
  },
})
