import { atLeast, atMost, type Check, type Figure } from './check.ts'
import { Bed, move, setKeyword } from './bed.ts'
import { atSpecs } from './specs.ts'

const RUNS = 60

export const R17: Check = {
  name: 'R17',
  about: `no room from the nth write on, n to ${String(RUNS * 3)}`,
  inProcess: run,
  inBrowser: () => atSpecs('R17', ['storage']),
}

/** The quota is met at another write each time, while letters arrive and the reader acts offline. */
async function run(): Promise<readonly Figure[]> {
  const lost: string[] = []
  const gone: string[] = []
  const diverged: string[] = []
  let acknowledged = 0
  for (let n = 0; n < RUNS; n += 1) {
    const bed = await Bed.create({ messages: 30, seed: n + 1 })
    const { device, line, clock } = bed
    const emails = await bed.known()
    const rows: string[] = []
    line.offline.add(device.name)
    const fill = refuseFrom(bed, n * 3)
    for (let count = 0; count < 6; count += 1) {
      const email = emails[count]
      if (!email) continue
      const [inbox, archive] = [bed.mailboxId('inbox'), bed.mailboxId('archive')]
      const row = await bed.act(count % 2 === 0 ? setKeyword([email], '$flagged') : move([email], inbox, archive))
      if (row) rows.push(row.id)
      if (count === 3) for (let more = 0; more < 8; more += 1) bed.deliver()
    }
    acknowledged += rows.length
    const kept = new Set((await device.stored.outbox()).map(({ id }) => id))
    gone.push(...rows.filter((id) => !kept.has(id)))
    line.offline.delete(device.name)
    await clock.advance(20_000)
    fill.free()
    device.freeDisk()
    if (device.usable.length === 0) bed.open(device)
    await bed.refresh()
    lost.push(...(await bed.lost()))
    diverged.push(...(await bed.diverged()))
    bed.close()
  }
  return [
    atMost('outbox rows lost', gone.length, 0),
    atMost('acknowledged changes lost', lost.length, 0, lost[0]),
    atLeast('acknowledged', acknowledged, RUNS),
    atMost('diverged once there was room', diverged.length, 0, diverged[0]),
  ]
}

/** The disk takes so many writes more. */
function refuseFrom({ device }: Bed, writes: number): { free: () => void } {
  let left = writes
  let isFree = false
  Object.defineProperty(device.disk, 'isFull', {
    configurable: true,
    get: () => {
      left -= 1
      return !isFree && left < 0
    },
    set: () => undefined,
  })
  return { free: () => (isFree = true) }
}
