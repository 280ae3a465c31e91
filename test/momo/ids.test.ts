import { afterEach, describe, expect, test, vi } from 'vitest'
import { deviceClockOffset } from '../../momo/client/device-clock.ts'
import { aheadWindowMs, IdMaker, idTime, newId, newReferenceId, offlineWindowMs, withinOfflineWindow } from '../../momo/client/ids.ts'

afterEach(() => vi.unstubAllGlobals())

const at = (text: string): number => Date.parse(text)
const noon = at('2026-07-01T12:00:00Z')

describe('newId', () => {
  test('makes a million that are different and in order', () => {
    let [earlier, wrong] = ['', 0]
    for (let n = 0; n < 1_000_000; n++) {
      const id = newId()
      if (!(id > earlier)) wrong += 1
      earlier = id
    }
    expect(wrong).toBe(0)
  })

  test('has version 7, variant 10 and the time of the clock', () => {
    const [before, id, after] = [Date.now(), newId(), Date.now()]
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idTime(id).getTime()).toBeGreaterThanOrEqual(before)
    // A million ids in few milliseconds may have run ahead of the clock by one.
    expect(idTime(id).getTime()).toBeLessThanOrEqual(after + 1)
  })

  test('without secure random numbers makes none', () => {
    vi.stubGlobal('crypto', undefined)
    expect(() => Array.from({ length: 100 }, () => new IdMaker().next())).toThrow('there are no secure random numbers here')
    expect(newReferenceId).toThrow('there are no secure random numbers here')
  })
})

describe('IdMaker', () => {
  test('goes on in order while the clock steps back by up to five minutes, also a little at a time', () => {
    let now = noon
    const maker = new IdMaker({ now: () => now })
    const made = [maker.next()]
    for (const back of [1, 1000, 60_000, aheadWindowMs - 1, aheadWindowMs]) {
      now = noon - back
      made.push(maker.next(), maker.next())
    }
    now = noon + 1
    made.push(maker.next())
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
    expect(made.slice(0, -1).every((id) => idTime(id).getTime() === noon)).toBe(true)
  })

  test('after a greater step back starts anew, as the server would refuse what follows', () => {
    let now = at('2031-01-01T00:00:00Z')
    const maker = new IdMaker({ now: () => now })
    expect(withinOfflineWindow(maker.next(), new Date(noon))).toBe(false)
    now = noon
    const id = maker.next()
    expect(idTime(id).getTime()).toBe(noon)
    expect(maker.next() > id).toBe(true)
  })

  test('two makers at one moment make different ids', () => {
    const makers = Array.from({ length: 1000 }, () => new IdMaker({ now: () => noon }))
    expect(new Set(makers.map((m) => m.next())).size).toBe(1000)
  })

  test("makes ids by the server's clock once it knows the offset", () => {
    const maker = new IdMaker({ now: () => noon - 3_600_000 })
    maker.clockOffsetMs = deviceClockOffset([{ askedAt: noon - 3_600_000, serverTime: noon + 50, answeredAt: noon - 3_600_000 + 100 }])
    expect(idTime(maker.next()).getTime()).toBe(noon)
  })

  test('a clock of before 1970 makes none', () => {
    expect(() => new IdMaker({ now: () => -1 }).next()).toThrow(RangeError)
  })
})

describe('deviceClockOffset', () => {
  test('is what to add to the device, by the fastest reading', () => {
    const readings = [
      { askedAt: 0, serverTime: 900, answeredAt: 800 },
      { askedAt: 1000, serverTime: 1505, answeredAt: 1010 },
      { askedAt: 2000, serverTime: 0, answeredAt: 1990 },
    ]
    expect(deviceClockOffset(readings)).toBe(500)
    expect(deviceClockOffset([{ askedAt: noon, serverTime: noon - 60_000, answeredAt: noon }])).toBe(-60_000)
  })

  test('without a usable reading is not guessed', () => {
    for (const readings of [[], [{ askedAt: 10, serverTime: 5, answeredAt: 9 }], [{ askedAt: 0, serverTime: Number.NaN, answeredAt: 1 }]])
      expect(() => deviceClockOffset(readings)).toThrow('there is no usable reading of the clock; ask the server again')
  })
})

describe('withinOfflineWindow', () => {
  const made = (ms: number): string => new IdMaker({ now: () => ms }).next()
  test.each([
    [0, true],
    [-offlineWindowMs, true],
    [-offlineWindowMs - 1, false],
    [aheadWindowMs, true],
    [aheadWindowMs + 1, false],
  ])('an id that is %i ms off: %s', (off, within) => {
    expect(withinOfflineWindow(made(noon + off), new Date(noon))).toBe(within)
  })

  test('takes no other version and no text', () => {
    for (const id of [newReferenceId(), '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '', 'id', `${made(noon)} `]) {
      expect(withinOfflineWindow(id, new Date(noon))).toBe(false)
      expect(() => idTime(id)).toThrow(TypeError)
    }
  })
})

test('newReferenceId makes UUIDs of version 4, different ones', () => {
  const made = Array.from({ length: 10_000 }, newReferenceId)
  expect(made.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual([])
  expect(new Set(made).size).toBe(made.length)
})
