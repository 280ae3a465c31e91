import { check } from './check.ts'

const v7 = `create function uuidv7_() returns uuid language sql as 'select gen_random_uuid()'; create table a (id uuid primary key default uuidv7_());`

check('key-not-uuidv7', {
  'nobody uses version 7': { sql: 'create table t (id uuid primary key default gen_random_uuid())', finds: [] },
  'asked for': { sql: 'create table t (id uuid primary key default gen_random_uuid())', finds: ['column:public.t.id'], level: 'warn' },
  'others do': {
    sql: `${v7} create table t (id uuid primary key default gen_random_uuid()); create table u (id uuid primary key)`,
    finds: ['column:public.t.id', 'column:public.u.id'],
  },
  'other keys, and keys from another table': {
    sql: `${v7} create table t (id int primary key); create table u (x uuid, y uuid, primary key (x, y)); create table v (id uuid primary key references a)`,
    finds: [],
  },
})
