import { atLeast, atMost, type Check, type Figure } from './check.ts'
import { Bed, setKeyword } from './bed.ts'

const WAIT_MS = 5_000
const SEEDS = 12

const FORMS = {
  seconds: () => '5',
  date: (now: number) => new Date(now + WAIT_MS).toUTCString(),
  garbage: () => 'in a while',
} as const
type Form = keyof typeof FORMS

interface Seen {
  early: number
  /** Requests at once after a deadline, before the first of them is answered. */
  probes: number
  refused: number
  lost: number
  runs: number
  readonly offsets: Set<number>
}

export const R12: Check = { name: 'R12', about: '429 and 503 with Retry-After of 5 s in each form', inProcess: run }

async function run(): Promise<readonly Figure[]> {
  const seen: Seen = { early: 0, probes: 0, refused: 0, lost: 0, runs: 0, offsets: new Set() }
  for (const form of Object.keys(FORMS) as Form[]) {
    for (const status of [429, 503])
      for (let seed = 1; seed <= SEEDS; seed += 1) await take({ form, status, seed }, seen)
  }
  return [
    atMost('requests before the deadline', seen.early, 0, `${String(seen.runs)} runs`),
    atMost('probes at once', seen.probes, 1),
    atLeast('moments of the probe', seen.offsets.size, SEEDS * 2, 'jitter'),
    atMost('actions that were not queued', seen.refused, 0),
    atMost('lost', seen.lost, 0),
  ]
}

async function take({ form, status, seed }: { form: Form; status: number; seed: number }, seen: Seen): Promise<void> {
  const bed = await Bed.create({ seed, messages: 10 })
  const { line, clock, device } = bed
  /** When it may be asked again, as it was told first. */
  let deadline: number | undefined
  let busy = 2
  line.between = async (post, pass) => {
    if (busy === 0) return pass(post)
    busy -= 1
    await new Promise<void>((resolve) => void clock.after(10, resolve))
    const value = FORMS[form](clock.now())
    // A date has no parts of a second.
    deadline ??= form === 'date' ? Date.parse(value) : clock.now() + WAIT_MS
    return new Response('', { status, headers: { 'retry-after': value } })
  }
  const before = line.sent.length
  bed.deliver()
  await clock.advance(1_000)
  // The reader goes on meanwhile.
  const emails = await bed.known()
  if (!(await bed.act(setKeyword(emails, '$flagged')))) seen.refused += 1
  const tab = bed.tabOf(device)
  for (const role of ['inbox', 'archive', 'sent']) {
    const asked = [{ query: { mailboxId: bed.mailboxId(role) }, position: 0, limit: 5 }]
    tab.host.call(device.account, 'fetchWindow', asked).catch(() => undefined)
  }
  await bed.quiet()
  const [first, probe, ...rest] = line.sent.slice(before)
  if (!first || !probe || deadline === undefined) throw new Error('nothing was asked')
  seen.offsets.add(probe.at - (first.endedAt ?? 0))
  if (form !== 'garbage') {
    const until = deadline
    seen.early += [probe, ...rest].filter(({ at }) => at < until).length + bed.breaches.length
    seen.probes = Math.max(seen.probes, 1 + rest.filter(({ at }) => at <= (probe.endedAt ?? 0)).length)
  }
  seen.lost += (await bed.lost()).length
  seen.runs += 1
  bed.close()
}
