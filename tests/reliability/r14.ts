import { atMost, type Check, type Figure } from './check.ts'
import { Bed } from './bed.ts'

const TIMES = 1_000
const STEP_MS = 500
const MOST_MS = 65_000
const MOST_DELAY_MS = 300_000
const AWAY_MS = 4 * 3_600_000

export const R14: Check = {
  name: 'R14',
  about: 'the event stream dropped, silent or half-open 1,000 times, in two tabs',
  inProcess: run,
}

async function run(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ messages: 5, tabs: 2, seed: 14 })
  const { line, server, clock, dice, account } = bed
  // Until the server has told how often it pings.
  await clock.advance(40_000)
  let [longest, missed] = [0, 0]
  for (let count = 0; count < TIMES; count += 1) {
    const kind = dice.pick(['dropped', 'silent', 'half-open'])
    if (kind === 'dropped') server.streams.closeAll()
    else {
      line.isSilent = true
      // A machine that changed its network opens a new one at once, which gets no answer either.
      if (kind === 'half-open') server.streams.closeAll()
      await clock.advance(1_000 + dice.below(20_000))
      line.speak()
    }
    const id = bed.deliver()
    const since = clock.monotonic()
    while (!(await bed.known()).some((email) => email.id === id) && clock.monotonic() - since < 2 * MOST_MS)
      await clock.advance(STEP_MS)
    const took = clock.monotonic() - since
    longest = Math.max(longest, took)
    if (took >= 2 * MOST_MS) missed += 1
    // Few rows: each look reads them all.
    account.destroy(id)
    await clock.advance(dice.below(3_000))
  }
  // Away for hours, as far as streams are concerned.
  await bed.quiet()
  const mend = server.faults.add({ match: { path: '/jmap/eventsource' }, do: { kind: 'status', status: 503 } })
  const before = line.streamsAt.length
  server.streams.closeAll()
  await clock.advance(AWAY_MS)
  mend()
  const tries = line.streamsAt.slice(before)
  const delay = tries.reduce((most, at, index) => Math.max(most, at - (tries[index - 1] ?? at)), 0)
  await bed.refresh()
  const diverged = await bed.diverged()
  bed.close()
  return [
    atMost('s until a change was noticed', longest / 1_000, MOST_MS / 1_000),
    atMost('changes missed', missed, 0),
    atMost('streams at once', line.mostStreams, 1, `${String(before)} were opened`),
    atMost('s between two tries', delay / 1_000, MOST_DELAY_MS / 1_000, `${String(tries.length)} in 4 hours`),
    atMost('diverged', diverged.length, 0, diverged[0]),
  ]
}
