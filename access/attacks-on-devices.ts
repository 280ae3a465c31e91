import { attack, sql } from 'pgintent'
import { beginRequest } from '../schema/context.ts'
import { syncConflicts } from '../schema/offline/conflicts.ts'
import { syncCursors } from '../schema/offline/cursors.ts'
import { devices } from '../schema/people/devices.ts'
import { owner, phone } from './actors.ts'
import { cashierA, oldPhone, ownerA, ownerB, shopA, shopB, tablet } from './world.ts'

// One person with several devices, and devices of others. Each refusal has a counterpart that goes through.

const noPrivilege = { error: '42501' }
const none = { rows: 0 }
const one = { rows: 1 }

const begins = (device: string) => ({ context: false, sql: sql`select ${beginRequest}(${cashierA.user}, ${shopA.merchant}, ${device})` })
attack('begin_request with a device that was taken away', {
  as: phone, transactions: [{ ...begins(oldPhone), expect: noPrivilege }], why: 'A device is believed while it is active.',
}) // prettier-ignore
attack('begin_request with the other device of the same person', {
  as: phone, transactions: [{ ...begins(tablet), expect: one }], why: 'Several devices may speak for one person.',
}) // prettier-ignore

const pushes = sql`select api.sync_push(1, '[]')::text`
attack('a phone pushes', { as: phone, sql: pushes, expect: { value: '[]' }, why: 'That is what it is for.' })
attack('a phone pushes that has just been taken away', {
  as: phone,
  sql: [sql`update ${devices} set status = 'revoked' where id = ${cashierA.phone}`, pushes],
  expect: noPrivilege,
  why: 'A batch asks once more whether its device is active, and holds on to the answer.',
})
attack('a push without a device', { as: owner, sql: pushes, expect: noPrivilege, why: 'Only phones push, through their own service.' })

for (const [whose, device] of [
  ['another tenant', ownerB.phone],
  ['a colleague', ownerA.phone],
  ['the same person', tablet],
] as const) {
  attack(`the cursor of a device of ${whose}`, {
    as: phone,
    sql: sql`update ${syncCursors} set last_push_seq = 99 where device_id = ${device}`,
    expect: none,
    why: 'A device keeps its own.',
  })
  attack(`the cursor of a device of ${whose}, with injected set_config`, {
    as: phone,
    sql: [sql`select set_config('app.device_id', ${device}, true)`, sql`select from ${syncCursors}`],
    expect: none,
    why: 'The device is signed with the rest, and the policy asks for the merchant, which checks the signature.',
  })
}
attack("a device's own cursor", { as: phone, sql: sql`update ${syncCursors} set last_push_seq = 99`, expect: one, why: 'And that alone, without any condition.' })
const reports = (device: string) => sql`
  insert into ${syncConflicts} (merchant_id, device_id, table_name, row_id, base_version, server_version, client_patch, resolution)
  values (${shopB.merchant}, ${device}, 'customers', ${shopB.merchant}, 1, 2, '{}', 'manual')`
attack("a conflict of one's own device at another tenant", {
  as: phone,
  sql: reports(cashierA.phone),
  expect: noPrivilege,
  why: 'The policy refuses it by the tenant, before the foreign key would.',
})
attack("another tenant's conflict, with injected set_config", {
  as: phone,
  sql: [sql`select set_config('app.device_id', ${ownerB.phone}, true)`, reports(ownerB.phone)],
  expect: noPrivilege,
  why: 'The device is signed with the rest.',
})
