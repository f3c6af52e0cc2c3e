/** How long a message was on its way, in the reader's words; '' for what is no news. */
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Servers stamp within a minute of each other; a clock that is wrong says nothing at all. */
export function delayBetween(sentAt: string, receivedAt: string): string {
  const ms = Date.parse(receivedAt) - Date.parse(sentAt)
  for (const [unit, length] of units) {
    if (!(ms >= length)) continue
    const count = Math.floor(ms / length)
    return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
  }
  return ''
}
