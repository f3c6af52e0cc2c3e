/** The simulation's bed for one fault at a time: a demo server, devices with real engines, a line, a user's wishes. */
import { createJmapServer, type JmapServer, type MailAccount } from '../../demo/server/jmap-server.ts'
import type { DemoUser, Limits, PersonalityName } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { BlobId, Email, EmailId, MailboxId } from '../../src/jmap/types.ts'
import { createMailbox } from '../../src/mutations/create-mailbox.ts'
import type { Mutation, OutboxRow } from '../../src/mutations/mutation.ts'
import { watchRefused } from '../../src/state/refused-changes.ts'
import { Dice } from '../converge/dice.ts'
import { verifyCopy } from '../converge/verify.ts'
import { Device, type Tab } from '../simulate/device.ts'
import { Ledger } from '../simulate/ledger.ts'
import '../simulate/loaded.ts'
import { MailboxNames } from '../simulate/mailbox-names.ts'
import { Tended } from '../simulate/tended.ts'
import { wordsOf } from '../simulate/user-actions.ts'
import { deliverTo, type Delivery } from '../support/deliver.ts'
import { InProcessClient } from '../support/in-process-client.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import type { KeepLimits } from '../../src/sync/account-context.ts'
import type { FetchedWindow, WindowRequest } from '../../src/sync/engine-port.ts'
import { Line } from './line.ts'

const USER = { username: 'mara@example.test', password: 'mara-secret', name: 'Mara' } satisfies DemoUser
const WINDOW_MS = 2_900

export interface BedOptions {
  readonly seed?: number
  readonly like?: PersonalityName
  readonly limits?: Partial<Limits>
  readonly devices?: number
  readonly tabs?: number
  readonly messages?: number
  /** How far down rows are kept, and nothing with them; the reader's choice where it is left out. */
  readonly keep?: KeepLimits
}

/** The last word of the user on one property of one message. */
interface Wish {
  readonly blobId: string
  readonly property: string
  readonly value: boolean
  readonly rowId: string
}

export class Bed {
  readonly clock: VirtualClock
  readonly server: JmapServer
  readonly account: MailAccount
  readonly line: Line
  readonly devices: readonly Device[]
  readonly dice: Dice
  /** What no client may do: over a limit, before its time, without the lock. */
  readonly breaches: string[] = []
  /** How often a user was told of refusals, and of how many rows. */
  readonly told: number[] = []
  readonly #like: PersonalityName
  readonly #wishes = new Map<string, Wish>()
  #deliveries = 0

  private constructor(
    options: BedOptions,
    parts: { clock: VirtualClock; server: JmapServer; session: InProcessClient['session'] },
  ) {
    const { seed = 1, like = 'plain', devices = 1 } = options
    const { clock, server, session } = parts
    this.clock = clock
    this.server = server
    this.#like = like
    this.account = server.accountOf(USER.username)
    this.dice = new Dice(seededRandom(seed))
    const breach = (invariant: string, what: string): void => void this.breaches.push(`${invariant}: ${what}`)
    const names = new MailboxNames(this.account)
    const ledger = new Ledger(names)
    const { account } = this
    this.line = new Line({ server, account, clock, session, ledger, names, trace: () => undefined, breach })
    clock.waitFor(() => this.line.isBusy)
    const tended = new Tended({ account, clock, ledger, breach })
    const inbox = this.mailboxId('inbox')
    this.devices = ['A', 'B', 'C'].slice(0, devices).map((name) => {
      const own = { name, clock, seed: seed * 3 + 1, like, keep: options.keep, inbox, user: USER, session }
      return new Device({ ...own, wire: this.line, breach, tended })
    })
  }

  /** Delivered, opened, synced, and quiet. */
  static async create(options: BedOptions = {}): Promise<Bed> {
    const { seed = 1, like = 'plain', limits, messages = 40, tabs = 1 } = options
    const clock = new VirtualClock()
    const random = seededRandom(seed + 7919)
    const server = createJmapServer({ like, clock, random, users: [USER], ...(limits ? { limits } : {}) })
    const { session } = await InProcessClient.connect(server, clock, USER)
    const bed = new Bed(options, { clock, server, session })
    bed.fill(messages)
    for (const device of bed.devices) {
      for (let count = 0; count < tabs; count += 1) bed.open(device)
    }
    await bed.quiet()
    return bed
  }

  /** Its tabs are closed. */
  shut(device: Device): void {
    for (const { host, life } of device.living) {
      host.didPage('bye')
      life.end()
    }
  }

  /** Another tab, whose page tells its user what was refused. */
  open(device: Device): Tab {
    const tab = device.open()
    const port = {
      get status() {
        return tab.status ?? { phase: 'starting' as const, outbox: 0, failed: 0, backfill: 0 }
      },
      onStatus: (listener: Parameters<Tab['statuses']['add']>[0]) => tab.statuses.add(listener),
    }
    watchRefused({ replica: tab.page, port } as unknown as Parameters<typeof watchRefused>[0], (rows) => {
      this.told.push(rows.length)
    })
    return tab
  }

  get device(): Device {
    return this.devices[0] as Device
  }

  mailboxId(role: string): MailboxId {
    const mailbox = this.account.mailboxByRole(role)
    if (!mailbox) throw new Error(`no mailbox with role ${role}`)
    return mailbox.id as MailboxId
  }

  deliver(options: Delivery = {}): EmailId {
    this.#deliveries += 1
    // As the server says dates, in whole seconds.
    const place = { at: Math.floor(this.clock.now() / 1_000) * 1_000, mailbox: this.mailboxId('inbox') }
    return deliverTo(this.account, this.#deliveries, { ...place, ...options })
  }

  /** One a minute, the newest an hour ago. */
  fill(count: number): void {
    const newest = this.clock.now() - 3_600_000
    for (let index = 0; index < count; index += 1) this.deliver({ at: newest - (count - index) * 60_000 })
  }

  /** Messages that this device knows. */
  async known({ stored }: Device = this.device): Promise<Email[]> {
    const ids = await stored.read(['emails'], (tx) => tx.keys('emails'))
    return (await stored.emails(ids)).flatMap((email) => email ?? [])
  }

  /** As the page does it: what it answers for is durable. Undefined: it was refused, and promises nothing. */
  async act(mutation: Mutation, device: Device = this.device): Promise<OutboxRow | undefined> {
    const tab = this.tabOf(device)
    try {
      const appended = tab.page.appendMutation(mutation)
      await Promise.all([appended, this.clock.settle()])
      const row = await appended
      for (const { blobId, property, value } of wordsOf(mutation))
        this.#wishes.set(`${blobId} ${property}`, { blobId, property, value: value === true, rowId: row.id })
      tab.host.call(device.account, 'pokeOutbox', []).catch(() => undefined)
      return row
    } catch {
      return undefined
    }
  }

  tabOf(device: Device): Tab {
    const tab = device.leader ?? device.usable[0]
    if (!tab) throw new Error(`${device.name} has no tab`)
    return tab
  }

  /** Until each device is ready and has nothing to send; answers after how long, at most `most`. */
  async quiet(most = 600_000, step = 1_000): Promise<number> {
    const start = this.clock.monotonic()
    for (let calm = 0; calm < 2 && this.clock.monotonic() - start < most;) {
      await this.clock.advance(step)
      const done = await Promise.all(this.devices.map((device) => this.isQuiet(device)))
      calm = done.every(Boolean) ? calm + 1 : 0
    }
    return this.clock.monotonic() - start
  }

  async isQuiet(device: Device): Promise<boolean> {
    const { phase, isFilling } = device.leader?.status ?? {}
    if (phase !== 'ready' || isFilling) return false
    return (await device.stored.outbox()).every(({ status }) => status === 'failed')
  }

  /** Each asks once more. */
  async refresh(): Promise<void> {
    for (const device of this.devices) {
      const tab = this.tabOf(device)
      tab.host.call(device.account, 'refresh', []).catch(() => undefined)
    }
    await this.quiet()
  }

  failed({ stored }: Device = this.device): Promise<OutboxRow[]> {
    return stored.outbox().then((rows) => rows.filter(({ status }) => status === 'failed'))
  }

  /** Acknowledged words that the server has not, and that no row lists as refused. Messages that are gone need none. */
  async lost(): Promise<string[]> {
    const failed = (await Promise.all(this.devices.map((device) => this.failed(device)))).flat()
    const listed = new Set(failed.flatMap(({ id, mutation }) => blobsOf(mutation).map((blob) => `${id} ${blob}`)))
    const byBlob = new Map([...this.account.emails.values()].map((email) => [email.blobId, email]))
    return [...this.#wishes.values()]
      .filter(({ blobId, property, value, rowId }) => {
        const email = byBlob.get(blobId)
        if (property === 'destroyed') return email !== undefined && !listed.has(`${rowId} ${blobId}`)
        if (!email || listed.has(`${rowId} ${blobId}`)) return false
        const [kind, name] = property.split('/') as ['keywords' | 'mailboxIds', string]
        return email[kind].has(name) !== value
      })
      .map(({ blobId, property, value }) => `${property}=${String(value)} on ${blobId}`)
  }

  /** Devices whose rows are not the server's, each with the first difference. */
  async diverged(): Promise<string[]> {
    const all: string[] = []
    for (const device of this.devices) {
      const wrong = await this.#differs(device)
      if (wrong !== undefined) all.push(`${device.name}: ${wrong}`)
    }
    return all
  }

  close(): void {
    for (const device of this.devices) for (const { life } of device.tabs) life.end()
    this.server.close()
  }

  async #differs(device: Device): Promise<string | undefined> {
    // What is refused is listed, and no part of what the rows are compared with.
    for (const { id } of await this.failed(device)) await device.stored.discardMutation(id)
    const tab = device.leader
    if (tab?.status?.phase !== 'ready') return `it is ${JSON.stringify(tab?.status)}`
    const fetchWindow = (request: WindowRequest): Promise<FetchedWindow> =>
      new Promise((resolve, reject) => {
        this.clock.after(WINDOW_MS, () => reject(new Error(`${device.name} got no window`)))
        const asked = tab.host.call(device.account, 'fetchWindow', [request])
        asked.then((window) => resolve(window as FetchedWindow), reject)
      })
    const copy = {
      account: this.account,
      replica: device.stored,
      clock: this.clock,
      like: this.#like,
      engine: { status: tab.status, fetchWindow },
      knownIds: () => device.stored.read(['emails'], (tx) => tx.keys('emails')),
    }
    return verifyCopy(copy, new Dice(seededRandom(7)))
  }
}

function blobsOf(mutation: Mutation): readonly BlobId[] {
  return 'blobIds' in mutation ? mutation.blobIds : []
}

/** Sets or takes a keyword. */
export function setKeyword(emails: readonly Email[], keyword: string, value = true): Mutation {
  return { type: 'setKeyword', ...idsOf(emails), keyword, value }
}

/** Out of one mailbox, into another. */
export function move(emails: readonly Email[], from: MailboxId, to: MailboxId): Mutation {
  return { type: 'setMailboxes', ...idsOf(emails), mailboxIds: { [from]: false, [to]: true } }
}

export function destroy(emails: readonly Email[]): Mutation {
  return { type: 'destroyEmails', ...idsOf(emails) }
}

/** At the top of the tree. */
export function makeMailbox(n: number): Mutation {
  return createMailbox(`~~made${String(n)}` as MailboxId, { name: `Made ${String(n)}`, parentId: null })
}

function idsOf(emails: readonly Email[]): { emailIds: EmailId[]; blobIds: BlobId[] } {
  return { emailIds: emails.map(({ id }) => id), blobIds: emails.map(({ blobId }) => blobId) }
}
