import { expect, test } from 'vitest'
import { isWhole } from './report.ts'

test('the report is written by a run of every scenario, whole, and by no other', () => {
  const registered = ['C1', 'C2']
  expect(isWhole({ whole: true, registered, ran: ['C2', 'C1'] })).toBe(true)
  expect(isWhole({ whole: true, registered, ran: ['C1'] })).toBe(false)
  expect(isWhole({ whole: false, registered, ran: registered })).toBe(false)
})
