import { integer, jsonb, sql, sqlText, text, uuid, xid8 } from 'pgintent'
import { currentDeviceId, currentMerchantId, merchantIsOpen } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoSync } from '../roles.ts'
import { uuidv7Floor } from '../uuid.ts'
import { currentEpoch } from './current-epoch.ts'
import { byStream, streamNames, streams, transactionWindow, travelling } from './streams.ts'

const nil = sqlText(`'00000000-0000-0000-0000-000000000000'::uuid`)

// Rows and tombstones are one sequence, ordered by (transaction, id), under one cursor: a page may end anywhere, also within
// what one transaction did. $1, $2: where the last page ended; $3: the oldest transaction that is still running; $4: the size of
// a page; $5: the least id of the window.
const page = sqlText(`
  WITH changed AS (
    SELECT r.sync_xid, r.id, (SELECT to_jsonb(sent) FROM (SELECT %2$s) sent) AS body, false AS gone
    FROM app.%1$I r
    WHERE (r.sync_xid, r.id) > ($1, $2) AND r.sync_xid < $3%3$s
    ORDER BY r.sync_xid, r.id LIMIT $4 + 1
  ), entombed AS (
    SELECT t.sync_xid, t.id, jsonb_build_object('id', t.row_id, 'reason', t.reason) AS body, true AS gone
    FROM app.sync_tombstones t
    WHERE (t.sync_xid, t.id) > ($1, $2) AND t.sync_xid < $3 AND t.table_name = %1$L
      AND (t.reason = 'erased' OR NOT EXISTS (SELECT FROM app.%1$I r WHERE r.id = t.row_id))
    ORDER BY t.sync_xid, t.id LIMIT $4 + 1
  ), numbered AS (
    SELECT u.*, row_number() OVER (ORDER BY u.sync_xid, u.id) AS place FROM (SELECT * FROM changed UNION ALL SELECT * FROM entombed) u
    ORDER BY u.sync_xid, u.id LIMIT $4 + 1
  )
  SELECT coalesce(jsonb_agg(n.body ORDER BY n.place) FILTER (WHERE n.place <= $4 AND NOT n.gone), '[]'),
         coalesce(jsonb_agg(n.body ORDER BY n.place) FILTER (WHERE n.place <= $4 AND n.gone), '[]'),
         count(*) > $4,
         max(n.sync_xid::text) FILTER (WHERE n.place = $4),
         max(n.id::text) FILTER (WHERE n.place = $4)
  FROM numbered n`)

const ofOutlets = streamNames.filter((name) => streams[name]!.ofOutlets)

export const syncPull = internal(api, 'sync_pull', {
  args: {
    stream: text(),
    epoch: uuid().default(sql`NULL::uuid`),
    last_xid: xid8().default(sql`NULL::xid8`),
    last_id: uuid().default(sql`NULL::uuid`),
    page: integer().default(500),
  },
  returns: jsonb(),
  language: 'plpgsql',
  // A page is read in the order of the index and ends when it is full. The planner cannot know how little the filter on outlets
  // takes away, and would rather fetch and sort all that is left; the costs it then sees are no reason to compile anything.
  settings: { search_path: ['pg_catalog', 'pg_temp'], enable_seqscan: false, enable_bitmapscan: false, enable_sort: false, jit: false },
  body: sql`
#variable_conflict use_column
DECLARE
  -- Before any row is read: what finished before this moment is seen by every later statement, and what runs on is above it.
  hi xid8 := pg_snapshot_xmin(pg_current_snapshot());
  sent text := ${byStream('sync_pull.stream', travelling)};
  now_epoch uuid;
  reset boolean := false;
  from_xid xid8 := coalesce(sync_pull.last_xid, '0');
  from_id uuid := coalesce(sync_pull.last_id, ${nil});
  rows jsonb;
  tombstones jsonb;
  more boolean;
  to_xid text;
  to_id text;
BEGIN
  IF ${currentMerchantId()} IS NULL OR ${currentDeviceId()} IS NULL THEN
    RAISE EXCEPTION 'only a device syncs' USING ERRCODE = '42501', HINT = 'Begin the request with api.begin_request(user, merchant, device).';
  END IF;
  IF sent IS NULL THEN
    RAISE EXCEPTION 'there is no stream "%"', sync_pull.stream USING ERRCODE = '22023', HINT = ${`There are ${streamNames.join(', ')}.`};
  END IF;
  IF sync_pull.page IS NULL OR sync_pull.page NOT BETWEEN 1 AND 2000 THEN
    RAISE EXCEPTION 'a page has 1 to 2000 rows, not %', sync_pull.page USING ERRCODE = '22023';
  END IF;
  now_epoch := ${currentEpoch}(sync_pull.stream = ANY (ARRAY[${ofOutlets}]));
  -- A cursor from the future is from another server, whatever its epoch says.
  IF (sync_pull.last_xid IS NOT NULL AND sync_pull.epoch IS DISTINCT FROM now_epoch) OR from_xid > pg_snapshot_xmax(pg_current_snapshot()) THEN
    reset := true;
    from_xid := '0';
    from_id := ${nil};
  END IF;
  EXECUTE format(${page.text}, sync_pull.stream, sent, CASE WHEN sync_pull.stream = 'transactions' THEN ' AND r.id >= $5' ELSE '' END)
    INTO rows, tombstones, more, to_xid, to_id
    USING from_xid, from_id, hi, sync_pull.page, ${uuidv7Floor}(now() - interval ${transactionWindow});
  IF ${merchantIsOpen}() THEN
    INSERT INTO app.sync_cursors AS c (merchant_id, device_id, stream, epoch, last_xid, last_id, last_pull_at)
    VALUES (${currentMerchantId()}, ${currentDeviceId()}, sync_pull.stream, now_epoch, from_xid, from_id, now())
    ON CONFLICT (device_id, stream) DO UPDATE
      SET epoch = excluded.epoch, last_xid = excluded.last_xid, last_id = excluded.last_id, last_pull_at = excluded.last_pull_at;
  END IF;
  RETURN jsonb_build_object(
    'rows', rows, 'tombstones', tombstones, 'more', more, 'reset', reset, 'server_time', clock_timestamp(),
    -- With nothing left below hi, the next page begins at hi itself.
    'next', jsonb_build_object('epoch', now_epoch, 'xid', CASE WHEN more THEN to_xid ELSE hi::text END, 'id', CASE WHEN more THEN to_id ELSE ${nil}::text END));
END `,
  comment:
    'One page of what changed since a phone last pulled: rows, and what it must forget. Call it again with what next says while more is true; with reset true, forget the stream first. A row may come twice, none is left out.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
