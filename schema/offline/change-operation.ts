import { jsonb, sql } from 'pgintent'
import { currentDeviceId, currentMerchantId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'
import { sentColumns } from './sent-columns.ts'
import { changeableColumns, comparableColumns } from './streams.ts'
import { unchangedCiphertext } from './unchanged-ciphertext.ts'

// Three ways: what the phone started from (base), what it wants (patch), what is there now. A column is in conflict only when
// somebody else has changed it since, and to something else. A change is one intention: with one column in conflict none is
// written, and a person can still decide for it.
export const changeOperation = internal(app, 'change_operation', {
  args: { operation: jsonb() },
  returns: jsonb(),
  language: 'plpgsql',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
DECLARE
  target text := operation ->> 'table';
  row_id uuid := operation ->> 'id';
  deletes boolean := operation ->> 'kind' = 'delete';
  allowed text := ${changeableColumns('target', 'update')};
  patch jsonb := ${sentColumns}(CASE WHEN deletes THEN '{}' ELSE coalesce(operation -> 'patch', '{}') END, allowed);
  base jsonb := ${sentColumns}(coalesce(operation -> 'base', '{}'), allowed);
  captured timestamptz := operation ->> 'captured_at';
  base_version bigint := coalesce((operation ->> 'base_version')::bigint, 0);
  current_version bigint;
  current jsonb;
  wanted jsonb;
  based jsonb;
  same_bytes jsonb := '[]';
  in_conflict text[];
  changed text[];
  stale boolean;
  answer jsonb := jsonb_build_object('op_id', operation ->> 'op_id');
BEGIN
  EXECUTE format('SELECT r.row_version, (SELECT to_jsonb(c) FROM (SELECT %2$s) c) FROM app.%1$I r WHERE r.id = $1 FOR NO KEY UPDATE', target, ${comparableColumns('target')})
    INTO current_version, current USING row_id;
  IF current_version IS NULL THEN
    -- Locking asks the policy for updates. Whoever may see the row may know that they are not allowed to change it.
    EXECUTE format('SELECT r.row_version FROM app.%I r WHERE r.id = $1', target) INTO current_version USING row_id;
    IF current_version IS NULL THEN
      RAISE EXCEPTION 'there is no row % in %', row_id, target USING ERRCODE = 'MM404';
    END IF;
    RAISE EXCEPTION 'this user may not change %', target USING ERRCODE = '42501';
  END IF;
  stale := current_version <> base_version;
  EXECUTE format('SELECT to_jsonb(jsonb_populate_record(NULL::app.%1$I, $1)), to_jsonb(jsonb_populate_record(NULL::app.%1$I, $2))', target) INTO wanted, based USING patch, base;
  IF stale AND target = 'customers' THEN
    same_bytes := ${unchangedCiphertext}(row_id, base);
  END IF;
  SELECT array_agg(k ORDER BY k) FILTER (WHERE NOT (base ? k AND coalesce(current -> k = based -> k, same_bytes ? k))), array_agg(k ORDER BY k)
    INTO in_conflict, changed
  FROM jsonb_object_keys(CASE WHEN deletes THEN base ELSE patch END) k
  WHERE deletes OR current -> k IS DISTINCT FROM wanted -> k;
  IF deletes THEN
    changed := CASE WHEN current ->> 'deleted_at' IS NULL THEN ARRAY['deleted_at'] END;
    IF in_conflict IS NULL AND base = '{}' AND changed IS NOT NULL THEN in_conflict := changed; END IF;
  ELSIF current ->> 'deleted_at' IS NOT NULL AND changed IS NOT NULL THEN
    stale := true;
    in_conflict := ARRAY['deleted_at'];
  END IF;
  IF changed IS NULL THEN
    RETURN answer || jsonb_build_object('result', CASE WHEN stale THEN 'merged' ELSE 'applied' END, 'row_version', current_version);
  END IF;
  IF stale THEN
    INSERT INTO app.sync_conflicts (merchant_id, device_id, table_name, row_id, op_id, base_version, server_version, client_patch, server_row_hash, resolution, resolved_at)
    VALUES (${currentMerchantId()}, ${currentDeviceId()}, target, row_id, operation ->> 'op_id', base_version, current_version,
            -- What is derived from the encrypted number is not kept in the clear a second time.
            CASE WHEN deletes THEN '{"deleted": true}' ELSE (operation -> 'patch') - 'msisdn_last4' - 'msisdn_bidx' END,
            sha256(convert_to(current::text, 'UTF8')), CASE WHEN in_conflict IS NULL THEN 'merged' ELSE 'server_won' END, CASE WHEN in_conflict IS NULL THEN now() END);
    IF in_conflict IS NOT NULL THEN
      RETURN answer || jsonb_build_object('result', 'conflict', 'row_version', current_version, 'columns', to_jsonb(in_conflict));
    END IF;
  END IF;
  IF deletes THEN
    EXECUTE format('UPDATE app.%I SET deleted_at = now(), origin_device_id = $2, client_updated_at = $3 WHERE id = $1 RETURNING row_version', target)
      INTO current_version USING row_id, ${currentDeviceId()}, captured;
  ELSE
    EXECUTE format('UPDATE app.%I r SET %s, origin_device_id = $2, client_updated_at = $3 FROM jsonb_populate_record(NULL::app.%1$I, $4) p WHERE r.id = $1 RETURNING r.row_version',
                   target, (SELECT string_agg(format('%I = p.%I', k, k), ', ') FROM unnest(changed) k))
      INTO current_version USING row_id, ${currentDeviceId()}, captured, patch;
  END IF;
  RETURN answer || jsonb_build_object('result', CASE WHEN stale THEN 'merged' ELSE 'applied' END, 'row_version', current_version);
END `,
  comment:
    'A row that a phone changed or deleted. Changes of others since are kept: columns that nobody else touched are merged, otherwise the server wins and sync_conflicts keeps what the phone wanted.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
