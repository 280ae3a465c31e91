import { check } from './check.ts'

import { expect, test } from 'vitest'
import { callsIn } from '../../src/lint/calls.ts'

const setup = `create table t (id int, m int, name text, at timestamptz); create table o (m int, who text);
  create function current_m() returns int language sql stable as 'select 1'; create function may(int) returns bool language sql as 'select true';`
const policy = (using: string): string => `${setup} create policy p on t using (${using})`
const found = ['policy:public.t.p']

check('policy-calls-function-per-row', {
  'a bare call': { sql: policy('m = current_m()'), finds: found },
  'a wrapped call': { sql: policy('m = (select current_m())'), finds: [] },
  'a setting': { sql: policy(`m = current_setting('app.m')::int`), finds: found },
  'a wrapped setting': { sql: policy(`m = (select current_setting('app.m', true)::int)`), finds: [] },
  'one wrapped, one not': { sql: policy('m = (select current_m()) and may(id)'), finds: found },
  'in WITH CHECK': { sql: `${setup} create policy p on t for insert with check (m = current_m())`, finds: found },
  'operators, casts and cheap functions': {
    sql: policy(
      `lower(name) = 'f(x)'::character varying(20)::text and coalesce(m, 0)::numeric(10,2) > 1.5 and at > now() and at::timestamp with time zone <> at and name = any (array['a', 'b'])`,
    ),
    finds: [],
  },
  'in a sub-select with a table': { sql: policy('exists (select from o where o.m = t.m and may(o.m))'), finds: [] },
  'after a sub-select': { sql: policy('m in (select o.m from o) and may(m)'), finds: found },
  'no call at all': { sql: policy('m = 1 and name = current_user'), finds: [] },
})

test('calls are found by quoted and qualified names, and not in strings', () => {
  expect(callsIn(`("Of T"."f""x"(id) AND (name = 'may(1)''s'::text) AND (a OPERATOR(public.=) b) AND app.g((1)::app.t(2)))`)).toEqual(['"Of T"."f""x"', 'app.g'])
})
