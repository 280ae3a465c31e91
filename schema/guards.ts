import { jsonb, sql, sqlText, text } from 'pgintent'
import { contextHolds, signedSetting } from './context-signature.ts'
import { definer, internal } from './lib/routines.ts'
import { app, audit } from './namespaces.ts'
import { momoAuditWriter, momoOwner } from './roles.ts'
import { uuidv7 } from './uuid.ts'

// The trigger functions that every table has; lib/guard.ts hangs them on. Triggers fire in order of name: guards first (a0),
// then what fills columns (b0, b1), then what follows from a change (y0), and the audit last (z9).

export const touch = internal(app, 'touch', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  -- Nobody is granted updated_at, so only functions of the owner say this: encrypting a row anew is no activity of anybody.
  NEW.updated_at := CASE WHEN NEW.updated_at = '-infinity' THEN OLD.updated_at ELSE now() END;
  NEW.row_version := OLD.row_version + 1;
  RETURN NEW;
END `,
  comment: 'Keeps updated_at and row_version, whatever the statement says; but for ops.reencrypt(), which leaves updated_at as it is.',
})

export const stampSync = internal(app, 'stamp_sync', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  NEW.sync_xid := pg_current_xact_id();
  RETURN NEW;
END `,
  comment: 'Stamps the row with the transaction that wrote it, which is what sync pulls by: a clock would lose what commits late.',
})

export const refuseChange = internal(app, 'refuse_change', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = '55000', HINT = 'Correct it with a new row. Old rows leave with their partition.';
END `,
  comment: 'Keeps a table append-only. There is no setting that turns it off.',
})

export const refuseTruncate = internal(app, 'refuse_truncate', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  RAISE EXCEPTION '%.% may not be truncated', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = '55000';
END `,
  comment: 'Refuses TRUNCATE, which no policy and no row trigger would see.',
})

export const redact = internal(audit, 'redact', {
  args: { data: jsonb(), digested: text().array(), blanked: text().array() },
  returns: jsonb(),
  volatility: 'immutable',
  parallel: 'safe',
  body: sql`
SELECT data || coalesce((
  SELECT jsonb_object_agg(e.key, CASE WHEN e.key = ANY (digested) THEN 'sha256:' || left(encode(sha256(convert_to(e.value, 'UTF8')), 'hex'), 16) ELSE '[redacted]' END)
  FROM jsonb_each_text(data) e WHERE e.value IS NOT NULL AND e.key = ANY (digested || blanked)), '{}') `,
  comment: 'A row without what must not be kept in the clear: a digest that shows only that it changed or, where a digest could be guessed from, not even that.',
  grants: [{ to: momoAuditWriter, privileges: ['execute'] }],
})

/** Calls for nothing would be most of what an audit costs: half of all rows are not kept, and many tables have nothing to hide. */
const kept = (row: string) =>
  sql`CASE WHEN ${sqlText(row)} IS NULL OR TG_ARGV[1] || TG_ARGV[2] = '{}{}' THEN ${sqlText(row)} ELSE ${redact}(${sqlText(row)}, TG_ARGV[1]::text[], TG_ARGV[2]::text[]) END`

/**
 * Arguments: how much of the row to keep, the columns that are kept as a digest, and those of which nothing is kept.
 *   full  INSERT and DELETE keep the whole row, UPDATE what changed
 *   diff  the same but for INSERT, which keeps nothing: the row is there to be read
 *   ref   only that it happened: an append-only row is its own evidence
 */
export const logChange = definer(audit, 'log_change', {
  owner: momoAuditWriter,
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
DECLARE
  mode text := TG_ARGV[0];
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  one jsonb := coalesce(new_row, old_row);
  relation regclass := coalesce(pg_partition_root(TG_RELID), TG_RELID);
  changed text[];
  -- Settings that no request signed are anybody's, and name nobody here.
  signed boolean := ${contextHolds}();
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(n.key ORDER BY n.key) INTO changed FROM jsonb_each(new_row) n
    WHERE n.value IS DISTINCT FROM old_row -> n.key AND n.key <> ALL (ARRAY['updated_at', 'row_version', 'sync_xid']);
    IF changed IS NULL THEN RETURN NULL; END IF;
    SELECT jsonb_object_agg(k, old_row -> k), jsonb_object_agg(k, new_row -> k) INTO old_row, new_row FROM unnest(changed) k;
  END IF;
  IF mode = 'ref' THEN
    old_row := NULL;
    new_row := NULL;
  ELSIF mode = 'diff' AND TG_OP = 'INSERT' THEN
    new_row := NULL;
  END IF;
  INSERT INTO audit.audit_log (id, merchant_id, actor_user_id, actor_device_id, db_role, effective_role, request_id, client_addr, app_name,
                               table_name, row_id, op, changed_columns, old_data, new_data, xid)
  VALUES (${uuidv7}(),
          CASE WHEN relation = 'app.merchants'::regclass THEN (one ->> 'id')::uuid ELSE (one ->> 'merchant_id')::uuid END,
          ${signedSetting('user')}, ${signedSetting('device')}, session_user, nullif(current_setting('role'), 'none'),
          ${signedSetting('request')}, inet_client_addr(), current_setting('application_name'),
          relation::text, (one ->> 'id')::uuid, TG_OP, changed,
          ${kept('old_row')}, ${kept('new_row')}, pg_current_xact_id());
  RETURN NULL;
END `,
  comment: 'Writes one row of the audit log for each row changed. Arguments: full, diff or ref, the columns that are kept as a digest, and those that are not kept.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
