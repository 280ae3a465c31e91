// What a month of transactions leaves behind: history of statuses, audit rows, idempotency keys, the provider's references.
import { asOf } from '../calendar.mjs'
import { purposes as p } from './random.mjs'

const us = (moment) => `(extract(epoch from ${moment}) * 1000000)::bigint`
const bits = (purpose) => `uuid_hash_extended(t.id, ${purpose})`

/** A step when it was sent to the provider, for what was made offline; a step when it was done. */
export const historySql = (month) => `
insert into app.transaction_status_history_${month.suffix} (id, created_at, merchant_id, transaction_id, from_status, to_status, source, reason)
select bench.uuid(${us('s.at')}, ${bits(p.history)} + s.step), s.at, t.merchant_id, t.id, s.from_status, s.to_status, s.source, t.failure_reason
from app.transactions_${month.suffix} t
cross join lateral (values
  (1, t.submitted_at, 'queued', 'pending', 'device', t.is_offline and t.status <> 'cancelled' and t.submitted_at is not null),
  (2, t.completed_at, case when t.status = 'cancelled' then 'queued' else 'pending' end, t.status, case when uuid_hash(t.id) % 5 = 0 then 'poll' else 'callback' end, t.completed_at is not null)
) s (step, at, from_status, to_status, source, happened)
where s.happened;`

/** Two rows each for one transaction in four: that it was made and what its status became. */
export const auditSql = (month) => `
insert into audit.audit_log_${month.suffix} (id, created_at, occurred_at, merchant_id, actor_user_id, actor_device_id, db_role, request_id, client_addr, app_name, table_name, row_id, op,
                                             changed_columns, old_data, new_data, xid)
select bench.uuid(${us('s.at')}, ${bits(p.audit)} + s.step), s.at, s.at, t.merchant_id, t.initiated_by, t.device_id, s.db_role, bench.uuid4(${bits(50)}, ${bits(51)}), '10.0.0.7', 'momo',
       'app.transactions', t.id, s.op, s.changed, s.old_data, s.new_data, t.sync_xid
from app.transactions_${month.suffix} t
cross join lateral (values
  (1, t.created_at, 'INSERT', 'momo_api', null::text[], null::jsonb, null::jsonb),
  (2, coalesce(t.completed_at, t.created_at + interval '1 second'), 'UPDATE', 'momo_worker', array['completed_at', 'provider_status', 'status'],
   jsonb_build_object('status', 'pending', 'completed_at', null, 'provider_status', 'PENDING'),
   jsonb_build_object('status', t.status, 'completed_at', t.completed_at, 'provider_status', t.provider_status))
) s (step, at, op, db_role, changed, old_data, new_data)
where uuid_hash(t.id) & 3 = 0;`

/** The keys of the last ninety days: older ones have been purged. */
export const keysSql = (month) => `
insert into app.idempotency_keys (id, created_at, merchant_id, key, scope, request_hash, device_id, transaction_id, response_code, response_body, state, expires_at)
select bench.uuid(${us('t.created_at')}, ${bits(p.key)}), t.created_at, t.merchant_id, bench.uuid4(${bits(52)}, ${bits(53)})::text, 'transaction.create', sha256(uuid_send(t.id)), t.device_id, t.id, 202,
       jsonb_build_object('transaction_id', t.id, 'status', 'pending'), 'completed', t.created_at + interval '90 days'
from app.transactions_${month.suffix} t
where t.created_at > '${asOf}'::timestamptz - interval '90 days';`

/** One reference for each transaction that was sent to the provider. */
export const referencesSql = (month) => `
insert into app.provider_references (id, created_at, merchant_id, transaction_id, provider, environment, product, operation, x_reference_id, external_id, financial_transaction_id, attempt)
select bench.uuid(${us('t.submitted_at')}, ${bits(p.external)}), t.submitted_at, t.merchant_id, t.id, 'mtn_momo', 'sandbox',
       case t.direction when 'in' then 'collection' else 'disbursement' end, case t.direction when 'in' then 'requesttopay' else 'transfer' end,
       bench.uuid4(${bits(54)}, ${bits(55)}), 'ext-' || t.id, case when t.status = 'successful' then ((${bits(56)} & 9007199254740991))::text end, 1
from app.transactions_${month.suffix} t
where t.submitted_at is not null;`
