/** Invariants of reliability.md §4.1 that are looked at from outside. I5, I6 and I7 are watched as requests leave. */
import type { FetchedWindow, WindowRequest } from '../../src/sync/engine-port.ts'
import { Dice } from '../converge/dice.ts'
import { verifyCopy } from '../converge/verify.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { Device } from './device.ts'
import type { Promised } from './ledger.ts'
import type { World } from './world.ts'

/** Less than what is waited for it. */
const WINDOW_MS = 2_900

/** I1, as the user sees it: an acknowledged word shows until somebody else has had a later one. */
export async function checkShown(world: World, device: Device): Promise<void> {
  const promises = world.ledger.promises(device.name).filter((word) => world.ledger.isLastWord(device.name, word))
  if (promises.length === 0) return
  const failed = await failedRows(device)
  for (const promised of promises) {
    if (failed.has(`${promised.rowId} ${promised.blobId}`)) continue
    const ids = await device.stored.read(['emails'], (tx) => tx.keysByIndex('emails', 'blobId', promised.blobId))
    for (const email of await device.stored.emails(ids)) {
      if (!email) continue
      const [kind, name] = promised.property.split('/') as ['keywords' | 'mailboxIds' | 'destroyed', string?]
      if (kind === 'destroyed' || name === undefined) world.breach('I1', `${device.name} still shows ${email.id}`)
      else if (Object.hasOwn(email[kind], name) !== promised.value)
        world.breach('I1', `${device.name} does not show ${promised.property}=${promised.value} on ${email.id}`)
    }
  }
}

/** After the quiet. */
export async function checkDevice(world: World, device: Device): Promise<void> {
  const rows = await device.stored.outbox()
  const stuck = rows.filter(({ status }) => status !== 'failed')
  if (stuck.length > 0) world.breach('I4', `${device.name} still has ${JSON.stringify(stuck)}`)
  await checkPromises(world, device)
  // The user has read what failed: from here on the rows are compared as the server has them.
  for (const { id } of rows) await device.stored.discardMutation(id)
  const tab = device.leader
  if (tab?.status?.phase !== 'ready') {
    world.breach('I3', `${device.name} is ${JSON.stringify(tab?.status)}`)
    return
  }
  const fetchWindow = (request: WindowRequest): Promise<FetchedWindow> =>
    new Promise((resolve, reject) => {
      world.clock.after(WINDOW_MS, () => reject(new Error(`${device.name} got no window`)))
      tab.host.call(device.account, 'fetchWindow', [request]).then((window) => resolve(window as FetchedWindow), reject)
    })
  const copy = {
    account: world.account,
    replica: device.stored,
    clock: world.clock,
    like: world.like,
    engine: { status: tab.status, fetchWindow },
    knownIds: () => device.stored.read(['emails'], (tx) => tx.keys('emails')),
  }
  const wrong = await verifyCopy(copy, new Dice(seededRandom(7)))
  if (wrong) world.breach('I3', `${device.name}: ${wrong}`)
}

async function checkPromises(world: World, device: Device): Promise<void> {
  const living = new Set([...world.account.emails.values()].map(({ blobId }) => blobId))
  const failed = await failedRows(device)
  for (const promised of world.ledger.promises(device.name)) {
    if (!living.has(promised.blobId) || failed.has(`${promised.rowId} ${promised.blobId}`)) continue
    const breach = world.ledger.breach(device.name, promised) ?? wrongAtServer(world, device, promised)
    if (breach)
      world.breach('I1', `${device.name}: ${promised.property}=${promised.value} on ${promised.blobId} ${breach}`)
  }
}

function wrongAtServer(world: World, device: Device, promised: Promised): string | undefined {
  if (!world.ledger.isLastWord(device.name, promised)) return undefined
  const [kind, name] = promised.property.split('/') as ['keywords' | 'mailboxIds' | 'destroyed', string?]
  const email = [...world.account.emails.values()].find(({ blobId }) => blobId === promised.blobId)
  if (kind === 'destroyed') return email ? 'is not so at the server' : undefined
  return email && email[kind].has(name ?? '') !== promised.value ? 'is not so at the server' : undefined
}

/** `row blob` of what the user is shown as refused. */
async function failedRows(device: Device): Promise<ReadonlySet<string>> {
  const rows = (await device.stored.outbox()).filter(({ status }) => status === 'failed')
  return new Set(rows.flatMap(({ id, mutation }) => mutation.blobIds.map((blobId) => `${id} ${blobId}`)))
}
