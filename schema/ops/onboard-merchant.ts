import { bigint, integer, jsonb, sql, text, timestamptz, uuid } from 'pgintent'
import { logAct } from '../compliance/log-act.ts'
import { definer } from '../lib/routines.ts'
import { openAccounts } from '../money/open-accounts.ts'
import { ops } from '../namespaces.ts'
import { momoOnboarding } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'

export const onboardMerchant = definer(ops, 'onboard_merchant', {
  args: { legal_name: text(), trading_name: text(), country: text(), currency: text(), timezone: text(), merchant_code: text(), owner_subject: text() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${uuidv7}();
  person uuid;
BEGIN
  INSERT INTO app.users (auth_subject) VALUES (onboard_merchant.owner_subject) ON CONFLICT (auth_subject) DO NOTHING;
  SELECT u.id INTO person FROM app.users u WHERE u.auth_subject = onboard_merchant.owner_subject AND u.status = 'active';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this user may not own a merchant' USING ERRCODE = 'MM422', HINT = 'They are suspended or closed.';
  END IF;
  INSERT INTO app.merchants (id, legal_name, trading_name, country, default_currency, timezone, merchant_code)
  VALUES (merchant, onboard_merchant.legal_name, onboard_merchant.trading_name, onboard_merchant.country, onboard_merchant.currency, onboard_merchant.timezone,
          onboard_merchant.merchant_code);
  INSERT INTO app.merchant_members (merchant_id, user_id, role, status) VALUES (merchant, person, 'owner', 'active');
  PERFORM ${openAccounts(sql`merchant`)};
  RETURN jsonb_build_object('merchant_id', merchant, 'user_id', person);
END `,
  comment: 'Takes in a merchant with its owner, who is made a user when they are none yet, and opens its accounts. It starts in status onboarding: compliance makes it active.',
  grants: [{ to: momoOnboarding, privileges: ['execute'] }],
})

export const agreeFee = definer(ops, 'agree_fee', {
  args: {
    merchant_id: uuid(), currency: text(), type: text(), from_minor: bigint(), below_minor: bigint(), flat_minor: bigint(), bps: integer(), starts: timestamptz(), reason: text(),
  }, // prettier-ignore
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE made uuid := ${uuidv7}();
BEGIN
  IF agree_fee.starts IS NULL OR agree_fee.starts < now() OR coalesce(length(reason), 0) < 3 THEN
    RAISE EXCEPTION 'a fee is agreed for a time to come, and with a reason' USING ERRCODE = 'MM422', HINT = 'Give starts, and say what it rests on.';
  END IF;
  -- What applied to these amounts applies until then.
  UPDATE app.fee_schedules f SET valid = tstzrange(lower(f.valid), agree_fee.starts)
  WHERE f.merchant_id IS NOT DISTINCT FROM agree_fee.merchant_id AND f.currency = agree_fee.currency AND f.type = agree_fee.type
    AND f.amount && int8range(agree_fee.from_minor, agree_fee.below_minor) AND lower(f.valid) < agree_fee.starts AND f.valid @> agree_fee.starts;
  INSERT INTO app.fee_schedules (id, merchant_id, currency, type, amount, flat_minor, bps, valid)
  VALUES (made, agree_fee.merchant_id, agree_fee.currency, agree_fee.type, int8range(agree_fee.from_minor, agree_fee.below_minor),
          coalesce(agree_fee.flat_minor, 0), coalesce(agree_fee.bps, 0), tstzrange(agree_fee.starts, NULL));
  PERFORM ${logAct(sql`'DECISION'`, sql`'app.fee_schedules'`, sql`ARRAY[made]`, sql`agree_fee.merchant_id`, sql`jsonb_build_object('reason', reason)`)};
  RETURN made;
END `,
  comment:
    'What a type of transaction costs from a moment to come on, for one merchant or with NULL for all; NULL for below_minor is no limit. Tiers that overlap it end there, whole.',
  grants: [{ to: momoOnboarding, privileges: ['execute'] }],
})
