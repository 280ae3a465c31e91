/** One question to the server about the time, all in milliseconds since 1970. */
export interface ClockReading {
  /** By the clock of the device, before the question left. */
  readonly askedAt: number
  /** By the clock of the server. */
  readonly serverTime: number
  /** By the clock of the device, when the answer was there. */
  readonly answeredAt: number
}

/**
 * How far the server's clock is ahead of the device's, in milliseconds; negative when the device is ahead. Add it to the
 * device's clock. It is off by half the round trip at most, so of several readings the fastest counts. Throws RangeError without
 * a reading, and when the device's clock went backwards during all of them.
 */
export function deviceClockOffset(readings: readonly ClockReading[]): number {
  const trip = (r: ClockReading): number => r.answeredAt - r.askedAt
  const [best] = readings.filter((r) => trip(r) >= 0 && Number.isFinite(r.serverTime)).sort((a, b) => trip(a) - trip(b))
  if (best === undefined) throw new RangeError('there is no usable reading of the clock; ask the server again')
  return Math.round(best.serverTime - (best.askedAt + best.answeredAt) / 2)
}
