import { sql, text, trigger, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { merchantMembers } from '../people/members.ts'
import { streamNames, streams } from './streams.ts'

/** Transactions leave with their partition, long after phones have dropped them for their age. */
const entombed = streamNames.filter((name) => name !== 'transactions')

export const entomb = definer(app, 'entomb', {
  args: { table_name: text(), row_id: uuid(), reason: text() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE written bigint;
BEGIN
  IF table_name <> ALL (ARRAY[${entombed}]) THEN
    RAISE EXCEPTION 'phones have no copy of % that would have to be forgotten row by row', table_name USING ERRCODE = '22023';
  END IF;
  EXECUTE format('INSERT INTO app.sync_tombstones (merchant_id, table_name, row_id, reason) SELECT r.merchant_id, %L, r.id, $2 FROM app.%I r WHERE r.id = $1',
                 table_name, table_name) USING row_id, reason;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written = 0 THEN
    RAISE EXCEPTION 'there is no row % in %', row_id, table_name USING ERRCODE = 'MM404', HINT = 'Entomb a row while it is still there.';
  END IF;
END `,
  comment: 'Tells phones to forget a row that is still there: because it was erased, or is no longer their business. Deleting a row entombs it by itself.',
})

const entombDeleted = definer(app, 'entomb_deleted', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  INSERT INTO app.sync_tombstones (merchant_id, table_name, row_id, reason) SELECT d.merchant_id, TG_TABLE_NAME, d.id, 'deleted' FROM deleted d;
  RETURN NULL;
END `,
  comment: 'Rows that are deleted for good, by retention for example, leave a tombstone.',
})

for (const name of entombed) {
  trigger(streams[name]!.table, 'y9_entomb', { timing: 'after', events: ['delete'], oldTable: 'deleted', function: entombDeleted })
}

const entombLostOutlets = definer(app, 'entomb_lost_outlets', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  INSERT INTO app.sync_tombstones (merchant_id, table_name, row_id, reason)
  SELECT o.merchant_id, 'outlets', o.id, 'scope_lost' FROM app.outlets o
  WHERE o.merchant_id = NEW.merchant_id AND o.id <> NEW.outlet_id AND (OLD.outlet_id IS NULL OR o.id = OLD.outlet_id);
  RETURN NULL;
END `,
  comment: 'A member who is bound to one outlet loses the others. One tombstone for each outlet stands for all that was done there.',
})

trigger(merchantMembers, 'y1_scope', {
  timing: 'after',
  events: ['update'],
  updateOf: ['outlet_id'],
  level: 'row',
  when: (c) => sql`new.${c.outlet_id} is distinct from old.${c.outlet_id} and new.${c.outlet_id} is not null`,
  function: entombLostOutlets,
})
