import { uuidv7 } from 'uuidv7'
import { connect, type Connection } from '../../../src/db/index.ts'
import { momoDatabase } from './template.ts'

export type Role = 'owner' | 'manager' | 'accountant' | 'cashier' | 'viewer'

/** Somebody who works for a merchant, with a phone. */
export interface Person {
  readonly user: string
  readonly merchant: string
  readonly device: string
}

/** `cashier` is bound to the first outlet, the others see both. */
export interface Merchant {
  readonly id: string
  readonly currency: string
  readonly timezone: string
  readonly outlets: readonly [string, string]
  readonly customer: string
  readonly staff: { readonly [role in Role]: Person }
}

export interface World {
  /** A superuser's URL. */
  readonly url: string
  /** A superuser's session: for looking and for tampering, never for the calls under test. */
  readonly admin: Connection
  /** In Kampala, UGX: minor units are shillings. */
  readonly kampala: Merchant
  /** In Accra, GHS: minor units are pesewas. */
  readonly accra: Merchant
  close(): Promise<void>
}

const roles: readonly Role[] = ['owner', 'manager', 'accountant', 'cashier', 'viewer']

/** A database with the MoMo schema, reference data, the accounts of the system and two merchants with staff, outlets, devices, a customer and accounts. No money yet. */
export async function openWorld(): Promise<World> {
  const url = await momoDatabase()
  const admin = await connect(url)
  await asRole(admin, 'momo_migrator', (c) => c.query('select ops.load_reference_data(), ops.set_deployment(false)'))
  for (const currency of ['UGX', 'GHS']) await asRole(admin, 'momo_migrator', (c) => c.query('select ops.open_system_accounts($1)', [currency]))
  return {
    url,
    admin,
    kampala: await addMerchant(admin, { name: 'Kampala', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: '100001' }),
    accra: await addMerchant(admin, { name: 'Accra', country: 'GH', currency: 'GHS', timezone: 'Africa/Accra', code: '100002' }),
    close: () => admin.close(),
  }
}

interface Business {
  readonly name: string
  readonly country: string
  readonly currency: string
  readonly timezone: string
  readonly code: string
}

/** Onboards a merchant: five people, a device each, two outlets, a customer, accounts. */
export async function addMerchant(admin: Connection, { name, country, currency, timezone, code }: Business): Promise<Merchant> {
  const id = uuidv7()
  const outlets = [uuidv7(), uuidv7()] as const
  const customer = uuidv7()
  const staff = Object.fromEntries(roles.map((r) => [r, { user: uuidv7(), merchant: id, device: uuidv7() }])) as { [role in Role]: Person }
  await asRole(admin, 'momo_owner', async (c) => {
    await c.query(
      `insert into app.merchants (id, legal_name, trading_name, country, default_currency, timezone, merchant_code, status) values ($1, $2, $2, $3, $4, $5, $6, 'active')`,
      [id, name, country, currency, timezone, code],
    )
    await c.query(`insert into app.outlets (id, merchant_id, name, code) values ($1, $3, 'Market', 'A'), ($2, $3, 'Station', 'B')`, [...outlets, id])
    await c.query(`insert into app.customers (id, merchant_id, msisdn_last4) values ($1, $2, '0001')`, [customer, id])
    for (const role of roles) {
      const { user, device } = staff[role]
      await c.query('insert into app.users (id, auth_subject) values ($1, $2)', [user, `${name}-${role}`])
      await c.query(`insert into app.merchant_members (merchant_id, user_id, role, status, outlet_id) values ($1, $2, $3, 'active', $4)`, [
        id,
        user,
        role,
        role === 'cashier' ? outlets[0] : null,
      ])
      await c.query(`insert into app.devices (id, merchant_id, user_id, install_id, platform, public_key) values ($1, $2, $3, gen_random_uuid(), 'android', '\\x01')`, [
        device,
        id,
        user,
      ])
    }
  })
  await asRole(admin, 'momo_worker', (c) => c.query('select ops.open_accounts($1)', [id]))
  return { id, currency, timezone, outlets, customer, staff }
}

type Use<T> = (c: Connection) => Promise<T>

/** Runs one transaction as a role, without a request. Rolls back and throws what it threw. */
export async function asRole<T>(connection: Connection, role: string, use: Use<T>, isolation = 'read committed'): Promise<T> {
  await connection.script(`begin isolation level ${isolation}; set local role ${role}`)
  try {
    const result = await use(connection)
    await connection.query('commit')
    return result
  } catch (error) {
    await connection.query('rollback')
    throw error
  }
}

/** Runs one request of a person: a transaction that api.begin_request() begins. */
export function asPerson<T>(connection: Connection, { user, merchant, device }: Person, use: Use<T>, role = 'momo_api', isolation = 'read committed'): Promise<T> {
  return asRole(
    connection,
    role,
    async (c) => {
      await c.query('select api.begin_request($1, $2, $3)', [user, merchant, device])
      return use(c)
    },
    isolation,
  )
}
