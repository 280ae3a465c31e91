import { sql, text, uuid, type SqlText } from 'pgintent'
import { logAct } from '../compliance/log-act.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoCompliance } from '../roles.ts'

// What the owner of the business decides about merchants, users and accounts. Not for those who are served: each has its reason.

function setStatus(what: 'merchant' | 'user' | 'account', settable: readonly string[], change: SqlText, comment: string) {
  const table = `app.${what}s`
  return definer(ops, `set_${what}_status`, {
    args: { id: uuid(), status: text(), reason: text() },
    returns: 'void',
    language: 'plpgsql',
    body: sql`
#variable_conflict use_column
DECLARE
  changed uuid;
  wanted text := status;
  subject uuid := id;
BEGIN
  IF coalesce(length(reason), 0) < 3 OR wanted IS NULL OR wanted <> ALL (ARRAY[${[...settable]}]) THEN
    RAISE EXCEPTION 'a status and a reason are needed' USING ERRCODE = 'MM422', HINT = ${`Give one of ${settable.join(', ')}, and say why.`};
  END IF;
  ${change} RETURNING x.id INTO changed;
  IF changed IS NULL THEN
    RAISE EXCEPTION ${`no ${what} % may become %`}, subject, wanted USING ERRCODE = 'MM404', HINT = ${what === 'user' ? 'It is not there, or closed for ever.' : 'It is not there, closed for ever, or has money.'};
  END IF;
  PERFORM ${logAct(sql`'DECISION'`, sql`${table}`, sql`ARRAY[subject]`, what === 'merchant' ? sql`subject` : sql`NULL`, sql`jsonb_build_object('status', wanted, 'reason', reason)`)};
END `,
    comment,
    grants: [{ to: momoCompliance, privileges: ['execute'] }],
  })
}

export const setMerchantStatus = setStatus(
  'merchant',
  ['active', 'suspended', 'closed'],
  sql`UPDATE app.merchants x SET status = wanted, closed_at = CASE WHEN wanted = 'closed' THEN now() END WHERE x.id = subject AND x.status <> 'closed'
    AND (wanted <> 'closed' OR NOT EXISTS (SELECT FROM app.accounts a WHERE a.merchant_id = subject AND (a.balance_minor <> 0 OR a.held_minor <> 0)))`,
  'Makes a merchant active once its documents were reviewed, suspends it, or closes it for ever, when it has no money left: it is then read and not written, and its retention clock runs.',
)

export const setUserStatus = setStatus(
  'user',
  ['active', 'suspended'],
  sql`UPDATE app.users x SET status = wanted WHERE x.id = subject AND x.status <> 'closed'`,
  'Shuts a person out of all merchants, and lets them in again. Who leaves for good is erased.',
)

export const setAccountStatus = setStatus(
  'account',
  ['open', 'frozen', 'closed'],
  sql`UPDATE app.accounts x SET status = wanted WHERE x.id = subject AND x.merchant_id IS NOT NULL AND x.status <> 'closed' AND (wanted <> 'closed' OR x.balance_minor = 0 AND x.held_minor = 0)`,
  'Freezes an account of a merchant, which keeps its money, opens it again, or closes it when it is empty.',
)
