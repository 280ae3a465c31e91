import { sql, sqlText } from 'pgintent'

/**
 * The text of a row of the audit log that its digest is made of. A list of its own, not the declared columns: a column that is
 * added later must not break the seals of before.
 */
export const rowText = sqlText(`ROW(a.id, a.created_at, a.occurred_at, a.merchant_id, a.actor_user_id, a.actor_device_id, a.db_role, a.effective_role, a.request_id,
             a.client_addr, a.app_name, a.table_name, a.row_id, a.op, a.changed_columns, a.old_data, a.new_data, a.xid)::text`)

/** How values become text, whatever the session says: the digest depends on it. */
export const fixedText = { TimeZone: 'UTC', DateStyle: 'ISO, YMD', IntervalStyle: 'postgres', bytea_output: 'hex', extra_float_digits: 1 }

/**
 * Goes over the rows of a range of transactions in order, keeping one digest in memory, and leaves it in `digest`, how many
 * there were in `counted`, and the ends of their ids in `first_id` and `last_id`. `epoch_start` and `epoch_end` are ids, NULL for open:
 * transaction ids begin anew with every epoch of ops.cluster_epoch.
 */
export const digestRows = (from: string, to: string) => sql`
    digest := '\x';
    counted := 0;
    first_id := NULL;
    last_id := NULL;
    FOR one IN
      SELECT a.id, sha256(convert_to(${rowText}, 'UTF8')) AS hash FROM audit.audit_log a
      WHERE a.xid >= ${sqlText(from)} AND a.xid < ${sqlText(to)} AND (epoch_start IS NULL OR a.id >= epoch_start) AND (epoch_end IS NULL OR a.id < epoch_end)
      ORDER BY a.xid, a.id
    LOOP
      digest := sha256(digest || one.hash);
      counted := counted + 1;
      first_id := least(first_id, one.id);
      last_id := greatest(last_id, one.id);
    END LOOP;`

/** The root of a seal: over the seal before it, its range, and its rows. */
export const rootOf = (previous: string, from: string, to: string) =>
  sqlText(`sha256(coalesce(${previous}, '\\x'::bytea) || convert_to(${from}::text || ' ' || ${to}::text || ' ' || counted::text, 'UTF8') || digest)`)
