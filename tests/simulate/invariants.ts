/** Invariants of reliability.md §4.1 that are looked at from outside. I5, I6 and I7 are watched as requests leave. */
import type { BlobId } from '../../src/jmap/types.ts'
import { isLocalId } from '../../src/mail/list.ts'
import type { FetchedWindow, WindowRequest } from '../../src/sync/engine-port.ts'
import { Dice } from '../converge/dice.ts'
import { checkOpenList } from '../converge/open-lists.ts'
import { verifyCopy } from '../converge/verify.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { Device } from './device.ts'
import type { Promised } from './ledger.ts'
import { MailboxNames } from './mailbox-names.ts'
import { failedRows, isRefused } from './refused.ts'
import type { World } from './world.ts'

/** Less than what is waited for it. */
const WINDOW_MS = 2_900

/** I1, as the user sees it: an acknowledged word shows until somebody else has had a later one. */
export async function checkShown(world: World, device: Device): Promise<void> {
  await world.mailboxes.learn(device)
  const promises = world.ledger.promises(device.name).filter((word) => world.ledger.isLastWord(device.name, word))
  if (promises.length === 0) return
  const failed = await failedRows(device)
  const unsent = new Set((await device.stored.outbox()).flatMap(({ id, attempts }) => (attempts === 0 ? [id] : [])))
  const mailboxes = await device.stored.mailboxes()
  const [ids, known] = await device.stored.read(['emails', 'mailboxes'], (tx) =>
    Promise.all([tx.keys('emails'), tx.keys('mailboxes')]),
  )
  const living = new Set<string>([...world.account.emails.values()].map(({ blobId }) => blobId))
  const shown = Map.groupBy(await device.stored.emails(ids), (email) => email?.blobId)
  for (const promised of promises) {
    if (isRefused(failed, promised) || isMoot(world, device.name, promised)) continue
    if (MailboxNames.keyIn(promised).box !== undefined) {
      const wrong = world.mailboxes.shownBreach(mailboxes, unsent, promised)
      if (wrong) world.breach('I1', `${device.name} ${wrong}, not ${String(promised.value)}`)
      continue
    }
    // What others have destroyed goes with the next pull: that is the later word on all of it.
    if (promised.property !== 'destroyed' && !living.has(promised.blobId)) continue
    for (const email of shown.get(promised.blobId as BlobId) ?? []) {
      if (!email) continue
      const [kind, name] = promised.property.split('/') as ['keywords' | 'mailboxIds' | 'destroyed', string?]
      if (kind === 'destroyed' || name === undefined) world.breach('I1', `${device.name} still shows ${email.id}`)
      else if (seenOf(world, promised, name, known).some((each) => Object.hasOwn(email[kind], each)) !== promised.value)
        world.breach('I1', `${device.name} does not show ${promised.property}=${String(promised.value)} on ${email.id}`)
    }
  }
}

/** Bodies that are here stay, also under the new id that a merge gives their message (B6.5a). */
export async function noteBodies({ stored, disk, bodies }: Device): Promise<void> {
  if (disk.wasFull) return
  const ids = await stored.read(['bodyUses'], (tx) => tx.keys('bodyUses'))
  for (const email of await stored.emails(ids)) if (email) bodies.add(email.blobId)
}

/** What engines have to do by themselves, as long as nobody calls it off and the server does not refuse it. */
export async function checkTended(world: World): Promise<void> {
  const rows = await Promise.all(world.devices.map(({ stored }) => stored.outbox()))
  const refused = rows.flat().flatMap(({ mutation }) => ('blobIds' in mutation ? mutation.blobIds : []))
  const wrong = await world.tended.breach(world.devices, new Set(refused))
  if (wrong) world.breach('I1', wrong)
}

/** After the quiet. */
export async function checkDevice(world: World, device: Device): Promise<void> {
  await world.mailboxes.learn(device)
  const rows = await device.stored.outbox()
  const stuck = rows.filter(({ status }) => status !== 'failed')
  if (stuck.length > 0) world.breach('I4', `${device.name} still has ${JSON.stringify(stuck)}`)
  await checkPromises(world, device)
  const swept = world.sweeps.breach(device.name, rows)
  if (swept) world.breach('I1', `${device.name}: ${swept}`)
  // The user has read what failed: from here on the rows are compared as the server has them.
  const tab = device.leader
  for (const { id } of rows) await (tab?.page ?? device.stored).discardMutation(id)
  // It may be asking once more at this very moment.
  for (let left = 5; left > 0 && tab?.status?.phase !== 'ready'; left -= 1) await world.clock.advance(1_000)
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
  const wrong =
    (await verifyCopy(copy, new Dice(seededRandom(7)))) ?? (await lostBody(device)) ?? (await wrongList(world, device))
  if (wrong) world.breach('I3', `${device.name}: ${wrong}`)
}

async function lostBody({ stored, disk, bodies }: Device): Promise<string | undefined> {
  if (disk.wasFull) return undefined
  const ids = await stored.read(['emails'], (tx) => tx.keys('emails'))
  const present = await stored.bodiesPresent(ids)
  const bare = (await stored.emails(ids)).find((email) => email && bodies.has(email.blobId) && !present.has(email.id))
  return bare && `the body of ${bare.id} is lost`
}

/** Open since the page is there, through all that happened. */
async function wrongList(world: World, device: Device): Promise<string | undefined> {
  for (const { name, list } of device.usable) {
    const wrong = list && (await checkOpenList(`the open list of ${name}`, list.list, world))
    if (wrong) return wrong
  }
  return undefined
}

async function checkPromises(world: World, device: Device): Promise<void> {
  const living = new Set([...world.account.emails.values()].map(({ blobId }) => blobId))
  const failed = await failedRows(device)
  const lost = world.mailboxes.lostMail(device.name, failed)
  if (lost) world.breach('I1', `${device.name}: ${lost}`)
  for (const promised of world.ledger.promises(device.name)) {
    if (isRefused(failed, promised) || isMoot(world, device.name, promised)) continue
    if (MailboxNames.keyIn(promised).box !== undefined) {
      const wrong = world.mailboxes.breach(device.name, promised)
      if (wrong)
        world.breach(
          'I1',
          `${device.name}: ${promised.property}=${String(promised.value)} of ${promised.blobId} ${wrong}`,
        )
      continue
    }
    if (!living.has(promised.blobId)) continue
    // Out of a mailbox that is not made yet nothing has to be taken.
    const isOut = promised.value === false && isLocalId(MailboxNames.keyIn(promised).into ?? '')
    const breach =
      (isOut ? undefined : world.ledger.breach(device.name, promised)) ?? wrongAtServer(world, device, promised)
    if (breach)
      world.breach(
        'I1',
        `${device.name}: ${promised.property}=${String(promised.value)} on ${promised.blobId} ${breach}`,
      )
  }
}

function wrongAtServer(world: World, device: Device, promised: Promised): string | undefined {
  if (!world.ledger.isLastWord(device.name, promised)) return undefined
  const [kind, name] = promised.property.split('/') as ['keywords' | 'mailboxIds' | 'destroyed', string?]
  const email = [...world.account.emails.values()].find(({ blobId }) => blobId === promised.blobId)
  if (kind === 'destroyed') return email ? 'is not so at the server' : undefined
  const isThere = email && namesOf(world, promised, name ?? '').some((each) => email[kind].has(each))
  return email && isThere !== promised.value ? 'is not so at the server' : undefined
}

/**
 * A window may bring mail before a pull brings the mailbox that it is in, which is the device's own by an answer that was
 * lost: no client can know that. No list shows it until then, so whoever took mail out of it by its id of ours sees it gone.
 */
function seenOf(world: World, promised: Promised, name: string, known: readonly string[]): readonly string[] {
  const names = namesOf(world, promised, name)
  const { into } = MailboxNames.keyIn(promised)
  if (promised.value === true || into === undefined || !isLocalId(into)) return names
  return names.filter((each) => isLocalId(each) || known.includes(each))
}

/** All that a mailbox may go by; of a keyword itself. */
function namesOf({ names }: World, promised: Promised, name: string): readonly string[] {
  return MailboxNames.keyIn(promised).into === undefined ? [name] : names.idsOfAnyTime(name)
}

/**
 * It is about a mailbox that is gone, or that nobody can know for the device's own; or it says of one that was never made
 * that mail is not there.
 */
function isMoot({ names }: World, device: string, promised: Promised): boolean {
  const { box, into } = MailboxNames.keyIn(promised)
  if (box !== undefined) return names.isStrangeTo(device, box)
  return into !== undefined && (names.isDead(into) || (promised.value === false && !names.living(into)))
}
