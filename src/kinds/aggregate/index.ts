import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { qualified } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({
  /** As pg_get_function_arguments prints them; `*` for none. */
  arguments: z.string(),
  /** `SFUNC = …, STYPE = …` and so on, in a fixed order. */
  definition: z.string(),
})
export type AggregateAttrs = z.infer<typeof schema>

export const aggregateId = (path: readonly string[]): string => `${idOf('aggregate', path[0]!, path[1]!)}(${path[2] ?? ''})`

/** An aggregate's pieces as CREATE AGGREGATE takes them, from pg_aggregate. */
export const aggregate = defineKind<AggregateAttrs>({
  kind: 'aggregate',
  label: 'aggregate',
  weight: 36,
  schema,
  id: aggregateId,
  catalog: () => `
    select json_build_array(n.nspname, p.proname, case when p.prokind = 'a' and p.pronargs = 0 then '*' else pg_get_function_identity_arguments(p.oid) end) as path,
           json_build_array(json_build_array(1255, p.oid::int8, 0)) as addresses,
           json_build_array(2615, n.oid::int8, 0) as parent,
           json_build_object('arguments', case when p.pronargs = 0 then '*' else pg_get_function_arguments(p.oid) end,
             'definition', concat_ws(', ',
               'SFUNC = ' || a.aggtransfn::regproc::text, 'STYPE = ' || format_type(a.aggtranstype, null),
               case when a.aggtransspace <> 0 then 'SSPACE = ' || a.aggtransspace end,
               case when a.aggfinalfn <> 0 then 'FINALFUNC = ' || a.aggfinalfn::regproc::text end,
               case when a.aggfinalextra then 'FINALFUNC_EXTRA' end,
               case when a.aggfinalfn <> 0 and a.aggfinalmodify <> case when a.aggkind = 'n' then 'r'::"char" else 'w'::"char" end
                 then 'FINALFUNC_MODIFY = ' || case a.aggfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' else 'READ_WRITE' end end,
               case when a.aggcombinefn <> 0 then 'COMBINEFUNC = ' || a.aggcombinefn::regproc::text end,
               case when a.aggserialfn <> 0 then 'SERIALFUNC = ' || a.aggserialfn::regproc::text end,
               case when a.aggdeserialfn <> 0 then 'DESERIALFUNC = ' || a.aggdeserialfn::regproc::text end,
               'INITCOND = ' || quote_literal(a.agginitval),
               case when a.aggmtransfn <> 0 then 'MSFUNC = ' || a.aggmtransfn::regproc::text end,
               case when a.aggminvtransfn <> 0 then 'MINVFUNC = ' || a.aggminvtransfn::regproc::text end,
               case when a.aggmtranstype <> 0 then 'MSTYPE = ' || format_type(a.aggmtranstype, null) end,
               case when a.aggmtransspace <> 0 then 'MSSPACE = ' || a.aggmtransspace end,
               case when a.aggmfinalfn <> 0 then 'MFINALFUNC = ' || a.aggmfinalfn::regproc::text end,
               case when a.aggmfinalextra then 'MFINALFUNC_EXTRA' end,
               case when a.aggmfinalfn <> 0 and a.aggmfinalmodify <> case when a.aggkind = 'n' then 'r'::"char" else 'w'::"char" end
                 then 'MFINALFUNC_MODIFY = ' || case a.aggmfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' else 'READ_WRITE' end end,
               'MINITCOND = ' || quote_literal(a.aggminitval),
               case when a.aggsortop <> 0 then 'SORTOP = ' || (select format('OPERATOR(%I.%s)', on1.nspname, o.oprname) from pg_operator o join pg_namespace on1 on on1.oid = o.oprnamespace where o.oid = a.aggsortop) end,
               case when a.aggkind = 'h' then 'HYPOTHETICAL' end,
               case p.proparallel when 's' then 'PARALLEL = SAFE' when 'r' then 'PARALLEL = RESTRICTED' end)) as attrs
    from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join n on n.oid = p.pronamespace
    where not exists (select from ext x where x.classid = 1255 and x.objid = p.oid)`,
  create: (o) => [`CREATE AGGREGATE ${qualified(o.path.slice(0, 2))}(${o.attrs.arguments}) (${o.attrs.definition})`],
  drop: (o) => [`DROP AGGREGATE ${qualified(o.path.slice(0, 2))}(${o.path[2]})`],
  alter: { arguments: 'replace', definition: 'replace' },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [`routine ${o.path.join('\u0000')}`],
})
