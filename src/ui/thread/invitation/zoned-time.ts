/** The moment at which clocks of a zone show a time. `wall` is that time as if it were UTC; undefined for no zone. */
export function zonedTime(wall: number, timeZone: string): number | undefined {
  let at = wall
  // twice: the first guess may stand on the other side of a change of clocks
  for (let turn = 0; turn < 2; turn += 1) {
    const offset = offsetAt(at, timeZone)
    if (offset === undefined) return undefined
    at = wall - offset
  }
  return at
}

/** How far clocks of a zone are ahead of UTC at a moment, ms. */
function offsetAt(at: number, timeZone: string): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
  } catch {
    return undefined
  }
}
