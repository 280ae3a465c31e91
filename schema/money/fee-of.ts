import { bigint, sql, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const feeOf = internal(app, 'fee_of', {
  owner: momoLedger,
  args: { merchant_id: uuid(), type: text(), currency: text(), amount_minor: bigint() },
  returns: bigint(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
DECLARE fee numeric;
BEGIN
  -- Half up in whole numbers: as numeric, so that a large amount does not overflow on the way.
  SELECT s.flat_minor + div(fee_of.amount_minor::numeric * s.bps + 5000, 10000) INTO fee
  FROM app.fee_schedules s
  WHERE (s.merchant_id = fee_of.merchant_id OR s.merchant_id IS NULL) AND s.currency = fee_of.currency AND s.type = fee_of.type
    AND s.amount @> fee_of.amount_minor AND s.valid @> now()
  ORDER BY s.merchant_id NULLS LAST
  LIMIT 1;
  IF fee_of.amount_minor + fee > 9223372036854775807 THEN
    RAISE EXCEPTION 'the amount and its fee are more than can be counted' USING ERRCODE = 'MM422', HINT = 'Move less at once.';
  END IF;
  RETURN coalesce(fee, 0);
END `,
  comment:
    "What a transaction costs now, in minor units: by the merchant's own schedule first, nothing without any. Rounded half up, once; MM422 when amount and fee together are no bigint.",
})
