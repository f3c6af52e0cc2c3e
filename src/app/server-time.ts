/**
 * The page's clock set right by the Date of its own host, which any page may read (that of a mail server elsewhere only
 * where CORS exposes it). A device a year ahead would call all mail old, and one behind would know no "Today".
 */
import { basePath } from '../platform/base-path.ts'
import { every, type Clock } from '../platform/clock.ts'

/** Less is a slow answer, or a clock that is nobody's concern. */
const WRONG_MS = 120_000
/** By this much the time that passed differs from the time that the clock says: it was set, or the machine slept. */
const JUMP_MS = 2000
const LOOK_MS = 30_000

type Asked = Pick<Window, 'fetch'>

/** Sets `clock.now` right now and after each jump of the device's clock; the returned function ends that. */
export function followServerTime(host: Asked, clock: Clock, device: Clock): () => void {
  const setting = (): number => device.now() - device.monotonic()
  let known = setting()
  const setRight = async (): Promise<void> => {
    known = setting()
    const skew = await skewOf(host, device).catch(() => undefined)
    // Without an answer it stays as it was.
    if (skew !== undefined) clock.now = () => device.now() + skew
  }
  void setRight()
  return every(device, LOOK_MS, () => {
    if (Math.abs(setting() - known) > JUMP_MS) void setRight()
  })
}

/** By how much the device is behind; 0 where it is right enough, undefined where the host does not say. */
async function skewOf({ fetch }: Asked, device: Clock): Promise<number | undefined> {
  const before = device.monotonic()
  // Under a name of its own, so that nothing in between answers from what it keeps.
  const url = `${basePath}/config.json?v=${String(device.now())}`
  const { headers } = await fetch(url, { method: 'HEAD', cache: 'no-store', credentials: 'same-origin' })
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(date)) return undefined
  const skew = date + (device.monotonic() - before) / 2 - device.now()
  return Math.abs(skew) < WRONG_MS ? 0 : skew
}
