import { date, sql, table, text, timestamptz, uuid } from 'pgintent'
import { signReview } from '../compliance/sign-decisions.ts'
import { can } from '../context.ts'
import { countryCode, sha256 } from '../domains.ts'
import { base, encrypted, hashed, mutable } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner, tenantReads, tenantWrites } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoCompliance } from '../roles.ts'
import { kycDocumentType, reviewStatus } from '../values.ts'
import { guardSubject } from './guard-subject.ts'
import { merchants } from './merchants.ts'
import { users } from './users.ts'

export const kycDocuments = table(app, 'kyc_documents', {
  classification: 'internal',
  retention: 'R2',
  comment: 'Evidence of who a merchant and its people are. The documents lie in an object store; here is what was found in them.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    subject_user_id: uuid().comment('The person it is about, a member when it came in; NULL for the business'),
    doc_type: kycDocumentType().notNull().comment('What it is'),
    doc_number_enc: encrypted('the number of the document'),
    doc_number_bidx: hashed('the number of the document'),
    country: countryCode().comment('Who issued it'),
    storage_uri_enc: encrypted('where the scan lies'),
    content_sha256: sha256().notNull().comment('Digest of the scan, so that it cannot be exchanged'),
    issued_on: date().comment('As printed on it'),
    expires_on: date().comment('As printed on it'),
    review_status: reviewStatus().notNull().default('pending').comment('Whether compliance accepted it'),
    reviewed_by: text().comment('The login of who in compliance decided; kept by trigger'),
    reviewed_at: timestamptz().comment('When they decided; kept by trigger'),
    retention_until: date().comment('Not to be deleted before; set when the relationship ends'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    kyc_documents_one_approved: {
      comment: 'Serves: the document in force of this kind; there is one',
      on: ['merchant_id', 'subject_user_id', 'doc_type'],
      nullsNotDistinct: true,
      where: (c) => sql`${c.review_status} = 'approved'`,
    },
  },
  checks: {
    kyc_documents_id_v7_check: (c) => isV7(c.id),
    kyc_documents_dates_check: (c) => sql`${c.expires_on} > ${c.issued_on}`,
    kyc_documents_reviewed_check: (c) => sql`(${c.review_status} = 'pending') = (${c.reviewed_at} is null)`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['subject_user_id'], references: users },
  ],
  indexes: {
    kyc_documents_merchant: { on: ['merchant_id', 'id'], comment: "Serves the merchant's own list" },
    kyc_documents_subject: { on: ['subject_user_id'], where: (c) => sql`${c.subject_user_id} is not null`, comment: 'Serves: everything about a person, and the foreign key' },
    kyc_documents_queue: {
      on: ['review_status', 'created_at'],
      where: (c) => sql`${c.review_status} = 'pending'`,
      comment: 'Serves the queue of compliance, longest waiting first',
    },
    kyc_documents_expiring: {
      on: ['expires_on'],
      where: (c) => sql`${c.review_status} = 'approved'`,
      comment: 'Serves: which documents must be asked for anew',
    },
  },
  triggers: {
    // Not ALWAYS: a subscriber gets documents of people who have left since.
    a1_subject: { timing: 'before', events: ['insert', 'update'], updateOf: ['subject_user_id'], level: 'row', function: guardSubject },
    a2_sign: { timing: 'before', events: ['insert', 'update'], level: 'row', function: signReview, enabled: 'always' },
  },
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(can('kyc.manage')),
      add: tenantWrites('kyc.manage').insert,
      compliance: allRows(momoCompliance),
      open_for_insert: openMerchant.open_for_insert,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    {
      to: momoApp,
      privileges: ['insert'],
      columns: ['id', 'merchant_id', 'subject_user_id', 'doc_type', 'doc_number_enc', 'doc_number_bidx', 'country', 'storage_uri_enc', 'content_sha256', 'issued_on', 'expires_on'],
    },
    { to: momoCompliance, privileges: ['update'], columns: ['review_status', 'retention_until'] },
  ],
})
guard(kycDocuments, { audit: 'full' })
readable(kycDocuments, [momoApp])
// Whoever reviews a document must be able to open it; nobody there searches by its number.
readable(kycDocuments, [momoCompliance], /_bidx$/)
