import { jsonb, sql, text } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'

export const sentColumns = internal(app, 'sent_columns', {
  args: { sent: jsonb(), allowed: text() },
  returns: jsonb(),
  language: 'plpgsql',
  volatility: 'immutable',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
DECLARE unknown text;
BEGIN
  IF allowed IS NULL THEN
    RAISE EXCEPTION 'a phone does not change rows of this table' USING ERRCODE = '22023', HINT = 'Ask for it with a command.';
  END IF;
  IF jsonb_typeof(sent) <> 'object' OR octet_length(sent::text) > 16000 THEN
    RAISE EXCEPTION 'columns come as one JSON object of at most 16000 bytes' USING ERRCODE = '22023';
  END IF;
  unknown := (SELECT string_agg(k, ', ' ORDER BY k) FROM jsonb_object_keys(sent) k WHERE k <> ALL (string_to_array(allowed, ' ')));
  IF unknown IS NOT NULL THEN
    RAISE EXCEPTION 'a phone does not write %', unknown USING ERRCODE = '22023';
  END IF;
  RETURN (SELECT coalesce(jsonb_object_agg(s.key, CASE WHEN s.key ~ '_(enc|bidx)$' AND jsonb_typeof(s.value) = 'string'
                                                       THEN to_jsonb('\x' || encode(decode(s.value #>> '{}', 'base64'), 'hex')) ELSE s.value END), '{}')
          FROM jsonb_each(sent) s);
END `,
  comment: 'Columns as a phone sends them, as the server spells them: bytes come in base64. Refuses columns that are not among those allowed, separated by spaces.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
