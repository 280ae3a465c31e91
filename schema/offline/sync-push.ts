import { bigint, jsonb, sql } from 'pgintent'
import { currentDeviceId, currentMerchantId, merchantIsOpen } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoSync } from '../roles.ts'
import { currentEpoch } from './current-epoch.ts'
import { pushOperation } from './push-operation.ts'

export const syncPush = internal(api, 'sync_push', {
  args: { device_seq: bigint(), ops: jsonb() },
  returns: jsonb(),
  language: 'plpgsql',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
#variable_conflict use_column
DECLARE
  pushed bigint;
  operation jsonb;
  results jsonb := '[]';
BEGIN
  IF coalesce(sync_push.device_seq < 1, true) THEN
    RAISE EXCEPTION 'batches are numbered from 1' USING ERRCODE = '22023';
  END IF;
  IF jsonb_typeof(sync_push.ops) IS DISTINCT FROM 'array' OR jsonb_array_length(sync_push.ops) > 500 OR octet_length(sync_push.ops::text) > 4194304 THEN
    RAISE EXCEPTION 'a batch is an array of at most 500 operations and 4 MB' USING ERRCODE = '22023', HINT = 'Send smaller batches.';
  END IF;
  -- Shared, until the batch is committed: the device is revoked before this batch or after it, never during it.
  PERFORM FROM app.devices d WHERE d.id = ${currentDeviceId()} AND d.merchant_id = ${currentMerchantId()} AND d.status = 'active' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only an active device pushes' USING ERRCODE = '42501', HINT = 'Begin the request with api.begin_request(user, merchant, device).';
  END IF;
  IF NOT ${merchantIsOpen}() THEN
    RAISE EXCEPTION 'this merchant is closed' USING ERRCODE = '42501';
  END IF;
  -- Locks the row, so that the same batch on two connections is done once and answered twice.
  INSERT INTO app.sync_cursors AS c (merchant_id, device_id, stream, epoch, last_xid, last_push_at)
  VALUES (${currentMerchantId()}, ${currentDeviceId()}, 'push', ${currentEpoch}(false), '0', now())
  ON CONFLICT (device_id, stream) DO UPDATE SET last_push_at = excluded.last_push_at
  RETURNING c.last_push_seq INTO pushed;
  FOR operation IN SELECT o.value FROM jsonb_array_elements(sync_push.ops) WITH ORDINALITY o (value, place) ORDER BY o.place LOOP
    results := results || jsonb_build_array(${pushOperation}(operation, CASE WHEN sync_push.device_seq <= pushed THEN pushed END));
  END LOOP;
  IF sync_push.device_seq > pushed THEN
    UPDATE app.sync_cursors c SET last_push_seq = sync_push.device_seq WHERE c.device_id = ${currentDeviceId()} AND c.stream = 'push';
  END IF;
  RETURN results;
END `,
  comment:
    'Takes a batch of operations from a phone, in order, and says what became of each. A batch may be sent again until it is answered: nothing is done twice. The service has checked the signature of the device.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
