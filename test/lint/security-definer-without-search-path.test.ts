import { check } from './check.ts'

const f = (settings: string): string => `create function f(a int, b text) returns int language sql security definer ${settings} as 'select 1'`

check('security-definer-without-search-path', {
  'no search_path': { sql: f(''), finds: ['function:public.f(integer, text)'] },
  'without pg_temp': { sql: f('set search_path = public'), finds: ['function:public.f(integer, text)'] },
  'empty, where pg_temp still comes first': { sql: f("set search_path = ''"), finds: ['function:public.f(integer, text)'] },
  'pg_temp first': { sql: f('set search_path = pg_temp, public'), finds: ['function:public.f(integer, text)'] },
  'pg_temp last': { sql: f('set search_path = public, pg_temp'), finds: [] },
  'pg_temp alone': { sql: f("set search_path = 'pg_temp'"), finds: [] },
  'not a definer': { sql: "create function f() returns int language sql as 'select 1'", finds: [] },
})
