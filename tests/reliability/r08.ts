import { atMost, type Check, type Figure } from './check.ts'
import { Bed, setKeyword } from './bed.ts'
import { inputLatency } from './r08-input.ts'

const MESSAGES = 50_000
const MOST_REQUESTS = 120
const MOST_IDS = 500
const PATIENCE_MS = 120_000
const STEP_MS = 250

export const R8: Check = {
  name: 'R8',
  about: 'changes forgotten at every /changes, 50,000 messages',
  inProcess: run,
  inBrowser: inputLatency,
}

async function run(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ like: 'stalwart', messages: MESSAGES, keep: { days: 365, atLeast: 0 } })
  const { line, device, clock } = bed
  const emails = await bed.known()
  const inbox = bed.mailboxId('inbox')
  let [requests, ids, emptied] = [0, 0, 0]
  for (const isForGood of [false, false, true]) {
    const mends = forget(bed, isForGood)
    const before = line.sent.length
    // Ours, and somebody else's, while nothing can be calculated.
    for (let count = 0; count < 5; count += 1) {
      const email = bed.dice.pick(emails)
      if (email) await bed.act(setKeyword([email], '$flagged'))
    }
    bed.deliver()
    for (let waited = 0, calm = 0; calm < 4 && waited < PATIENCE_MS; waited += STEP_MS) {
      await clock.advance(STEP_MS)
      const window = await device.stored.listWindow({ mailboxId: inbox }, 0, 20)
      if (window.rows.length < 20) emptied += 1
      calm = (await bed.isQuiet(device)) ? calm + 1 : 0
    }
    const own = line.sent.slice(before)
    requests = Math.max(requests, own.length)
    for (const { calls } of own) ids = Math.max(ids, ...calls.map(([, args]) => idsIn(args)))
    for (const mend of mends) mend()
    await bed.refresh()
  }
  const kept = (await bed.known()).length
  const [lost, diverged] = [await bed.lost(), await bed.diverged()]
  bed.close()
  return [
    atMost('requests of a resync', requests, MOST_REQUESTS, `${String(kept)} messages here`),
    atMost('ids in one', ids, MOST_IDS),
    atMost('looks at an emptied list', emptied, 0),
    atMost('lost', lost.length, 0, lost[0]),
    atMost('diverged', diverged.length, 0, diverged[0]),
  ]
}

/** The next call of each, or all of them until it is mended. */
function forget({ server }: Bed, isForGood: boolean): (() => void)[] {
  return ['Email/changes', 'Mailbox/changes', 'Thread/changes'].map((method) =>
    server.faults.add({
      match: { method, ...(isForGood ? {} : { nth: 1 }) },
      do: { kind: 'methodError', type: 'cannotCalculateChanges' },
    }),
  )
}

function idsIn(args: Readonly<Record<string, unknown>>): number {
  const { ids, limit } = args
  return Array.isArray(ids) ? ids.length : typeof limit === 'number' ? limit : 0
}
