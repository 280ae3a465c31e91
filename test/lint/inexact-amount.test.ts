import { check } from './check.ts'

check('inexact-amount', {
  'money always': { sql: 'create table t (x money, y money[])', finds: ['column:public.t.x', 'column:public.t.y'] },
  'floating point by name': {
    sql: 'create domain d as real; create table t (amount real, unit_price float8, fees d, exact_amount numeric, amount_minor bigint, weight real, feet real)',
    finds: ['column:public.t.amount', 'column:public.t.fees', 'column:public.t.unit_price'],
  },
})
