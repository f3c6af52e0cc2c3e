import type { EmailId } from '../../src/jmap/types.ts'
import type { Matching, Mutation } from '../../src/mutations/mutation.ts'
import { atLeast, atMost, type Check, type Figure } from './check.ts'
import { Bed, destroy, makeMailbox, move, setKeyword } from './bed.ts'
import type { Sent } from './line.ts'

const LIMITS = {
  maxObjectsInGet: 10,
  maxObjectsInSet: 10,
  maxCallsInRequest: 4,
  maxConcurrentRequests: 2,
  maxSizeRequest: 100_000,
}

export const R11: Check = {
  name: 'R11',
  about: 'limits of 10 objects, 4 calls, 2 requests, 100 kB, through all that a reader does',
  inProcess: run,
}

async function run(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ messages: 900, limits: LIMITS, tabs: 2 })
  const { account, line, device } = bed
  const [inbox, archive, trash] = [bed.mailboxId('inbox'), bed.mailboxId('archive'), bed.mailboxId('trash')]
  const all = await bed.known()
  const tab = bed.tabOf(device)
  const call = (method: Parameters<typeof tab.host.call>[1], arg: unknown): void =>
    void tab.host.call(device.account, method, [arg]).catch(() => undefined)
  const match: Matching = { mailboxId: inbox, filter: { inMailbox: inbox }, before: '2027-01-01T00:00:00Z' }
  const on = { emailIds: [], blobIds: [], key: 'k', done: 0, total: 0 } as const
  const acts: readonly Mutation[] = [
    setKeyword(all.slice(0, 500), '$flagged'),
    move(all.slice(100, 400), inbox, archive),
    makeMailbox(1),
    setKeyword(all.slice(0, 90), '$flagged', false),
    destroy(all.slice(0, 60)),
    { type: 'setKeywordOnAll', match, keyword: '$seen', value: true, ...on },
    { type: 'setMailboxesOnAll', match, to: trash, leaves: 'list', keywords: {}, ...on, key: 'm' },
    { type: 'emptyMailbox', mailboxId: trash, before: match.before, emailIds: [], blobIds: [], done: 0, total: 0 },
  ]
  for (const mutation of acts) {
    for (let count = 0; count < 15; count += 1) bed.deliver()
    await bed.act(mutation)
    call('fetchWindow', { query: { mailboxId: archive }, position: bed.dice.below(200), limit: 50 })
    call(
      'fetchBodies',
      all.slice(0, 30).map(({ id }): EmailId => id),
    )
    call('fetchHits', { query: { text: 'Message' }, from: 'server', position: 0, limit: 30 })
    account.forgetChanges()
    await bed.quiet()
  }
  const [lost, diverged] = [await bed.lost(), await bed.diverged()]
  const over = [...line.sent.flatMap((sent) => overLimit(sent)), ...bed.breaches]
  const failed = await bed.failed()
  bed.close()
  return [
    atMost('requests over a limit', over.length, 0, over[0] ?? `${String(line.sent.length)} requests`),
    atLeast('in flight at once', line.mostAtOnce, 1),
    atMost('in flight at once', line.mostAtOnce, LIMITS.maxConcurrentRequests),
    atMost('refused', failed.length, 0, failed[0]?.lastError),
    atMost('lost', lost.length, 0, lost[0]),
    atMost('diverged', diverged.length, 0, diverged[0]),
  ]
}

/** As the bed counts it: the server's own word is in its breaches. */
function overLimit({ calls, size }: Sent): string[] {
  const wrong: string[] = []
  if (size > LIMITS.maxSizeRequest) wrong.push(`${String(size)} bytes`)
  if (calls.length > LIMITS.maxCallsInRequest) wrong.push(`${String(calls.length)} calls`)
  for (const [name, args] of calls) {
    const count = (key: string): number => Object.keys(args[key] ?? {}).length
    const objects = name.endsWith('/set') ? count('create') + count('update') + count('destroy') : count('ids')
    if ((name.endsWith('/set') || name.endsWith('/get')) && objects > LIMITS.maxObjectsInGet)
      wrong.push(`${String(objects)} objects of a ${name}`)
  }
  return wrong
}
