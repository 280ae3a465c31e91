import { sqlText, type SqlText, type Table } from 'pgintent'
import { columnNames } from '../lib/names.ts'
import { notifications } from '../messages/notifications.ts'
import { paymentRequests } from '../money/payment-requests.ts'
import { refunds } from '../money/refunds.ts'
import { transactions } from '../money/transactions.ts'
import { customers } from '../people/customers.ts'
import { outlets } from '../people/outlets.ts'

interface Stream {
  readonly table: Table<any, any>
  /** Whether a member who is bound to one outlet sees a part of it only. */
  readonly ofOutlets: boolean
}

/** What phones hold a copy of: a stream for each table, called as the table is. */
export const streams: { readonly [name: string]: Stream } = {
  outlets: { table: outlets, ofOutlets: true },
  customers: { table: customers, ofOutlets: false },
  payment_requests: { table: paymentRequests, ofOutlets: true },
  transactions: { table: transactions, ofOutlets: true },
  refunds: { table: refunds, ofOutlets: false },
  notifications: { table: notifications, ofOutlets: false },
}

export const streamNames: readonly string[] = Object.keys(streams)

/** Phones keep this much of the transactions, and the server reads no older partition for them. */
export const transactionWindow = '90 days'

/**
 * What does not travel. Ciphertext, because the role that syncs has no right to read it: api.read_encrypted() gives it out and
 * leaves a trace. Blind indexes, because they only serve to find rows on the server. The tenant and the cursor, because a phone
 * has one tenant and gets the cursor with the page.
 */
const staysHere = /_enc$|_bidx$|^merchant_id$|^sync_xid$/

/** The columns of a stream that travel, as a select list over `r`. Amounts travel as text: JSON numbers lose digits past 2^53. */
export const travelling = (name: string): string =>
  columnNames(streams[name]!.table)
    .filter((column) => !staysHere.test(column))
    .map((column) => (column.endsWith('_minor') ? `r.${column}::text AS ${column}` : `r.${column}`))
    .join(', ')

/** A CASE over the streams. In: what is compared with their names, and a text for each. Unknown names give NULL. */
export const byStream = (subject: string, value: (name: string) => string): SqlText =>
  sqlText(`CASE ${subject} ${streamNames.map((name) => `WHEN '${name}' THEN '${value(name)}'`).join(' ')} END`)

/** What phones may change themselves. Everything else they ask for, with a command. */
export const changeable: { readonly [name: string]: { readonly create: readonly string[]; readonly update: readonly string[] } } = {
  outlets: { create: ['name', 'code', 'address_line', 'geo_point', 'is_active'], update: ['name', 'code', 'address_line', 'geo_point', 'is_active'] },
  customers: {
    create: ['display_name_enc', 'msisdn_enc', 'msisdn_bidx', 'msisdn_last4', 'email_enc', 'notes_enc', 'marketing_consent_at', 'dek_id'],
    update: ['display_name_enc', 'msisdn_enc', 'msisdn_bidx', 'msisdn_last4', 'email_enc', 'notes_enc', 'marketing_consent_at', 'dek_id'],
  },
  payment_requests: {
    create: ['outlet_id', 'kind', 'public_token', 'amount_minor', 'currency', 'description', 'customer_id', 'expires_at'],
    update: ['description', 'expires_at'],
  },
}

/** A CASE over the tables that phones may change, giving the columns that they may `create` or `update`, separated by spaces. */
export const changeableColumns = (subject: string, when: 'create' | 'update'): SqlText =>
  sqlText(
    `CASE ${subject} ${Object.entries(changeable)
      .map(([name, columns]) => `WHEN '${name}' THEN '${columns[when].join(' ')}'`)
      .join(' ')} END`,
  )

/** The same, giving a select list over `r` of those that the server may compare: it cannot look into ciphertext. */
export const comparableColumns = (subject: string): SqlText =>
  sqlText(
    `CASE ${subject} ${Object.entries(changeable)
      .map(([name, columns]) => `WHEN '${name}' THEN '${['deleted_at', ...columns.update.filter((c) => !c.endsWith('_enc'))].map((c) => `r.${c}`).join(', ')}'`)
      .join(' ')} END`,
  )
