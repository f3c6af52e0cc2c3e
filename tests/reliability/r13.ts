import { StoredAuthorization } from '../../src/auth/authorization.ts'
import { MemoryCredentialStore } from '../../src/auth/memory-credential-store.ts'
// Loaded here: a virtual clock does not wait for it.
import '../../src/auth/token-refresh.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import { aCredential } from '../support/credentials.ts'
import { fakeLocks } from '../support/fake-locks.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { atLeast, atMost, type Check, type Figure } from './check.ts'
import { Bed, move, setKeyword } from './bed.ts'

const LOCKOUTS = 100
const TABS = 5
const REQUESTS = 20
const EXPIRIES = 50
const HOUR_MS = 3_600_000

export const R13: Check = {
  name: 'R13',
  about: '401 in the midst of 100 syncs, and tokens of five tabs that expire 50 times',
  inProcess: async () => [...(await lockOuts()), ...(await storms())],
}

async function lockOuts(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ messages: 60, tabs: 2, seed: 13 })
  const { line, clock, dice, device } = bed
  const inbox = bed.mailboxId('inbox')
  let [most, refusedActs] = [0, 0]
  /** Of each tab: whether its page asks to sign in again, and how often it began to. */
  const pages = device.tabs.map((tab) => {
    const page = { isAsking: false, prompts: 0 }
    tab.statuses.add(({ problem }) => {
      const is = problem?.kind === 'unauthorized'
      if (is && !page.isAsking) page.prompts += 1
      page.isAsking = is
    })
    return page
  })
  for (let count = 0; count < LOCKOUTS; count += 1) {
    for (const page of pages) page.prompts = 0
    const emails = await bed.known()
    const act = async (): Promise<void> => {
      const some = [dice.pick(emails), dice.pick(emails)].flatMap((email) => email ?? [])
      const word = setKeyword(some, '$flagged', dice.chance(0.5))
      if (!(await bed.act(dice.chance(0.7) ? word : move(some, inbox, bed.mailboxId('archive'))))) refusedActs += 1
    }
    bed.deliver()
    await act()
    await clock.advance(dice.below(140))
    line.lockedOut.add(device.name)
    for (let acts = 0; acts < 3; acts += 1) {
      await act()
      bed.deliver()
      await clock.advance(dice.below(5_000))
    }
    await clock.advance(600_000)
    device.signIn(bed.tabOf(device))
    await bed.quiet()
    most = Math.max(most, ...pages.map(({ prompts }) => prompts))
  }
  const [lost, diverged, failed] = [await bed.lost(), await bed.diverged(), await bed.failed()]
  bed.close()
  return [
    atLeast('prompts for one lock-out', most, 1),
    atMost('prompts for one lock-out', most, 1),
    atMost('actions not queued', refusedActs, 0),
    atMost('lost', lost.length, 0, lost[0]),
    atMost('refused', failed.length, 0),
    atMost('diverged', diverged.length, 0, diverged[0]),
  ]
}

/** All tabs of a device find the token expired at the same moment, and the server is slow. */
async function storms(): Promise<readonly Figure[]> {
  const clock = new VirtualClock()
  const store = new MemoryCredentialStore()
  const credential = aCredential({ issuedAt: clock.now() })
  await store.put(credential)
  const locks = fakeLocks()
  let [inFlight, most, refreshes, kinds] = [0, 0, 0, 0]
  const fetch = async (): Promise<Response> => {
    inFlight += 1
    refreshes += 1
    most = Math.max(most, inFlight)
    await new Promise<void>((resolve) => void clock.after(300, resolve))
    inFlight -= 1
    const body = { access_token: `sw1.T${String(refreshes)}`, token_type: 'Bearer', expires_in: 3600 }
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
  }
  const deps = { fetch, clock, log: silentLogger, store, locks }
  const tabs = Array.from({ length: TABS }, () => new StoredAuthorization(deps, credential.login))
  for (let expiry = 0; expiry < EXPIRIES; expiry += 1) {
    await clock.advance(HOUR_MS)
    const asked = tabs.flatMap((tab) => Array.from({ length: REQUESTS }, () => tab.header()))
    await clock.advance(1_000)
    kinds = Math.max(kinds, new Set(await Promise.all(asked)).size)
  }
  return [
    atMost('refreshes in flight over all tabs', most, 1),
    atMost('refreshes', refreshes, EXPIRIES, `${String(TABS * REQUESTS)} requests each time`),
    atLeast('refreshes', refreshes, EXPIRIES),
    atMost('tokens at once', kinds, 1),
  ]
}
