import { bigint, date, fn, namespace, range, role, sql, table, text, trigger, uuid } from 'pgintent'

export const keeper = role('keeper')
export const web = role('Web "App"', { login: true, settings: { default_transaction_read_only: true } })
export const clerk = role('clerk')
export const boss = role('boss', { login: true, memberOf: [clerk], inherit: false })

export const shop = namespace('Odd "Shop"', { grants: [{ to: [web, boss, clerk], privileges: ['usage'] }] })
const tenant = sql`(select nullif(current_setting('shop.tenant', true), '')::uuid)`

export const tenants = table(shop, 'tenants', {
  columns: { id: uuid().notNull().default(sql`gen_random_uuid()`), name: text().notNull() }, // prettier-ignore
  primaryKey: ['id'],
  unique: { tenants_name: ['name'] },
  rowSecurity: { policies: { own: { to: web, using: (c) => sql`${c.id} = ${tenant}` } } },
  grants: [{ to: web, privileges: ['select'] }],
})

export const notes = table(shop, 'Weird "Notes"', {
  columns: {
    'The "Id"': bigint().identity('always'),
    tenant: uuid().notNull(),
    body: text().notNull(),
    secret_enc: text().classify('pii'),
  },
  primaryKey: ['The "Id"'],
  foreignKeys: [{ columns: ['tenant'], references: tenants }],
  rowSecurity: {
    policies: {
      own: { for: 'select', to: web, using: (c) => sql`${c.tenant} = ${tenant}` },
      add: { for: 'insert', to: web, check: (c) => sql`${c.tenant} = ${tenant}` },
      edit: { for: 'update', to: web, using: (c) => sql`${c.tenant} = ${tenant}` },
      remove: { for: 'delete', to: web, using: (c) => sql`${c.tenant} = ${tenant}` },
      everything: { to: clerk, using: sql`true`, check: sql`true` },
    },
  },
  grants: [
    { to: web, privileges: ['select', 'insert', 'delete'] },
    { to: web, privileges: ['update'], columns: ['body'] },
    // Reads a column, and no key.
    { to: boss, privileges: ['select'], columns: ['body'] },
    // Changes rows that it cannot read.
    { to: clerk, privileges: ['update', 'delete'] },
  ],
})

const keep = fn(shop, 'keep', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`BEGIN RAISE EXCEPTION 'kept' USING ERRCODE = '55000'; END `,
})

export const sales = table(shop, 'sales', {
  columns: { day: date().notNull(), tenant: uuid().notNull(), amount: bigint().notNull() },
  partitionBy: range('day'),
  partitions: { sales_old: { from: '2020-01-01', to: '2025-01-01' }, sales_new: { from: '2025-01-01', to: '2030-01-01' } },
  rowSecurity: { policies: { own: { to: web, using: (c) => sql`${c.tenant} = ${tenant}` } } },
  grants: [
    { to: web, privileges: ['select'] },
    { to: boss, privileges: ['truncate'] },
  ],
})
trigger(sales, 'keep', { timing: 'before', events: ['truncate'], function: keep })
