import { sql, text, uuid } from 'pgintent'
import { encryptedTables } from '../compliance/encrypted-tables.ts'
import { logAct } from '../compliance/log-act.ts'
import { ciphertexts, keyIdOf } from '../lib/ciphertexts.ts'
import { definer } from '../lib/routines.ts'
import { transactionKeys } from '../money/transaction-ciphertext.ts'
import { ops } from '../namespaces.ts'
import { momoCompliance, momoWorker } from '../roles.ts'

export const retireKey = definer(ops, 'retire_key', {
  args: { key_id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE old app.encryption_keys;
BEGIN
  SELECT * INTO old FROM app.encryption_keys k WHERE k.id = retire_key.key_id FOR NO KEY UPDATE;
  IF NOT FOUND OR old.status = 'destroyed' THEN
    RAISE EXCEPTION 'there is no key %', retire_key.key_id USING ERRCODE = 'MM404', HINT = 'It may have been destroyed.';
  ELSIF NOT EXISTS (SELECT FROM app.encryption_keys k
                    WHERE k.merchant_id IS NOT DISTINCT FROM old.merchant_id AND k.subject_customer_id IS NOT DISTINCT FROM old.subject_customer_id
                      AND k.purpose = old.purpose AND k.status = 'active' AND k.generation > old.generation) THEN
    RAISE EXCEPTION 'no newer key takes its place' USING ERRCODE = 'MM422', HINT = 'Call ops.add_key() first.';
  END IF;
  UPDATE app.encryption_keys k SET status = 'retiring' WHERE k.id = old.id AND k.status = 'active';
END `,
  comment: 'From now on a data key only decrypts; a newer one must be there. What it encrypted is then encrypted anew: ops.to_reencrypt() lists it.',
  grants: [{ to: [momoWorker, momoCompliance], privileges: ['execute'] }],
})

const using = encryptedTables.map(({ table }) => sql`
    OR EXISTS (SELECT FROM ${table} r CROSS JOIN LATERAL (VALUES ${ciphertexts(table)}) v(c, t) WHERE v.t IS NOT NULL AND ${keyIdOf} = old.id)`) // prettier-ignore

export const destroyKey = definer(ops, 'destroy_key', {
  args: { key_id: uuid(), reason: text() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE old app.encryption_keys;
BEGIN
  IF coalesce(length(reason), 0) < 3 THEN
    RAISE EXCEPTION 'the destruction of a key needs a reason' USING ERRCODE = 'MM422', HINT = 'Say which rotation it ends.';
  END IF;
  SELECT * INTO old FROM app.encryption_keys k WHERE k.id = destroy_key.key_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no key %', destroy_key.key_id USING ERRCODE = 'MM404';
  ELSIF old.status <> 'retiring' THEN
    RAISE EXCEPTION 'key % is %', old.id, old.status USING ERRCODE = 'MM422', HINT = 'Only a retiring key is destroyed; that of a customer also by ops.erase_customer().';
  ELSIF EXISTS (SELECT FROM ${transactionKeys()} t WHERE t.key_id = old.id)${using.reduce((a, b) => sql`${a}${b}`)} THEN
    RAISE EXCEPTION 'something is still encrypted with key %', old.id USING ERRCODE = 'MM423', HINT = 'ops.rotate_key_report() says what.';
  END IF;
  UPDATE app.encryption_keys k SET status = 'destroyed', wrapped_dek = NULL, destroyed_at = now() WHERE k.id = old.id;
  PERFORM ${logAct(sql`'ERASE'`, sql`'app.encryption_keys'`, sql`ARRAY[old.id]`, sql`old.merchant_id`, sql`jsonb_build_object('reason', reason)`)};
END `,
  comment:
    'Destroys a data key that is retiring and that nothing is encrypted with any more; refused else (MM423). What archives and backups hold under it cannot be read from then on. Reads every row with ciphertext, so raise statement_timeout. A blind index does not say which key made it: see that its column is gone.',
  grants: [{ to: momoCompliance, privileges: ['execute'] }],
})
