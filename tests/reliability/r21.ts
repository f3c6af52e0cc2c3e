import { atMost, type Check, type Figure } from './check.ts'
import { Bed, makeMailbox, move, setKeyword } from './bed.ts'
import { atSpecs } from './specs.ts'

const MINUTES = 10
const UP_MS = 200
const DOWN_MS = 300
const PER_MINUTE = 12

type Trouble = 'flapping' | 'captive portal' | 'no name' | 'another network'
const TROUBLES: readonly Trouble[] = ['flapping', 'captive portal', 'no name', 'another network']

export const R21: Check = {
  name: 'R21',
  about: 'a network that flaps, a portal, no name server, another address, 10 minutes each',
  inProcess: run,
  inBrowser: () => atSpecs('R21', ['weak-network']),
}

async function run(): Promise<readonly Figure[]> {
  const figures = { lost: [] as string[], diverged: [] as string[], twice: 0, failed: 0, asked: 0 }
  for (const trouble of TROUBLES) {
    const bed = await Bed.create({ messages: 60, tabs: 2, seed: 21 })
    const { line, clock, device, dice } = bed
    const inbox = bed.mailboxId('inbox')
    const emails = await bed.known()
    /** What left while nothing could arrive, by minute. */
    const asked = new Map<number, number>()
    const network = { isUp: true }
    const isAway = (): boolean => !network.isUp
    const start = clock.monotonic()
    line.between = async (post, pass) => {
      if (isAway()) {
        const minute = Math.floor((clock.monotonic() - start) / 60_000)
        asked.set(minute, (asked.get(minute) ?? 0) + 1)
        if (trouble !== 'captive portal') throw new TypeError('Failed to fetch')
        return new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } })
      }
      const answer = await pass(post)
      // It went while the answer was under way.
      if (isAway()) throw new TypeError('Failed to fetch')
      return answer
    }
    let made = 0
    const end = start + MINUTES * 60_000
    while (clock.monotonic() < end) {
      const [up, down] = trouble === 'flapping' ? [UP_MS, DOWN_MS] : [0, 30_000]
      network.isUp = true
      if (up > 0) await clock.advance(up)
      network.isUp = false
      if (trouble === 'another network') bed.server.streams.closeAll()
      if (dice.chance(trouble === 'flapping' ? 0.05 : 1)) {
        const some = [dice.pick(emails), dice.pick(emails)].flatMap((email) => email ?? [])
        await bed.act(
          dice.chance(0.6)
            ? setKeyword(some, '$flagged', dice.chance(0.5))
            : move(some, inbox, bed.mailboxId('archive')),
        )
        if (made < 8 && dice.chance(0.2)) await bed.act(makeMailbox((made += 1)))
      }
      await clock.advance(down)
    }
    network.isUp = true
    device.leader?.host.call(device.account, 'refresh', []).catch(() => undefined)
    await bed.quiet()
    const names = [...bed.account.mailboxes.values()].map(({ name }) => name)
    figures.twice += names.length - new Set(names).size + names.filter((name) => name.startsWith('Made')).length - made
    figures.asked = Math.max(figures.asked, ...asked.values())
    figures.failed += (await bed.failed()).length
    figures.lost.push(...(await bed.lost()).map((what) => `${trouble}: ${what}`))
    figures.diverged.push(...(await bed.diverged()).map((what) => `${trouble}: ${what}`))
    bed.close()
  }
  const { lost, diverged, twice, failed, asked } = figures
  return [
    atMost('lost', lost.length, 0, lost[0]),
    atMost('done twice', Math.abs(twice), 0),
    atMost('diverged', diverged.length, 0, diverged[0]),
    atMost('refused', failed, 0),
    atMost('requests in a minute without a network', asked, PER_MINUTE),
  ]
}
