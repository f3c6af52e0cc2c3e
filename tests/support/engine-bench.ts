/** One account at the in-process server, its replica in memory, and engines over it: what every engine test starts from. */
import { createJmapServer, type JmapServer, type MailAccount } from '../../demo/server/jmap-server.ts'
import type { Limits, PersonalityName } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { AccountId, EmailId, MailboxId } from '../../src/jmap/types.ts'
import type { Device } from '../../src/platform/device.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import type { Random } from '../../src/platform/random.ts'
import { MemoryReplica } from '../../src/replica/memory/memory-replica.ts'
import * as afterRows from '../../src/sync/after-rows.ts'
// Loaded beforehand: a virtual clock does not wait for code that the engine fetches when it needs it.
import '../../src/jmap/refused-request.ts'
import '../../src/replica/pending-overlay.ts'
import '../../src/mutations/all-done.ts'
import '../../src/replica/tree-overlay.ts'
import '../../src/sync/fetch-email.ts'
import '../../src/sync/keep/keep.ts'
import '../../src/sync/muted-mail.ts'
import '../../src/sync/push-outbox.ts'
import '../../src/sync/restless-page.ts'
import '../../src/sync/resync.ts'
import '../../src/sync/settings/sync-settings.ts'
import '../../src/sync/snoozed-mail.ts'
import '../../src/sync/windows.ts'
import '../../src/sync/write-changes.ts'
import { AccountEngine } from '../../src/sync/engine.ts'
import { deliverTo, type Delivery } from './deliver.ts'
import { InProcessClient } from './in-process-client.ts'
import { VirtualClock } from './virtual-clock.ts'

const USER = { username: 'mara@example.test', password: 'mara-secret', name: 'Mara' }

export interface BenchOptions {
  readonly like?: PersonalityName
  readonly seed?: number
  readonly limits?: Partial<Limits>
  /** So many rows, and nothing with them; else as a reader who has chosen nothing. */
  readonly keptMessages?: number
  readonly device?: Device
}

/** Nothing to spare, and room for all. */
const ROOMY: Device = { spares: () => undefined, room: () => Promise.resolve({}) }

export class EngineBench {
  readonly clock: VirtualClock
  readonly server: JmapServer
  readonly random: Random
  readonly account: MailAccount
  readonly replica: MemoryReplica
  readonly client: InProcessClient
  readonly like: PersonalityName
  readonly engines: AccountEngine[] = []
  readonly #keptMessages: number | undefined
  readonly #device: Device
  #deliveries = 0

  private constructor(parts: {
    clock: VirtualClock
    server: JmapServer
    random: Random
    client: InProcessClient
    keptMessages: number | undefined
    device: Device
    like: PersonalityName
  }) {
    this.clock = parts.clock
    this.server = parts.server
    this.random = parts.random
    this.client = parts.client
    this.like = parts.like
    this.#keptMessages = parts.keptMessages
    this.#device = parts.device
    this.account = parts.server.accountOf(USER.username)
    this.replica = new MemoryReplica({ clock: this.clock, random: this.random })
  }

  static async create(options: BenchOptions = {}): Promise<EngineBench> {
    const clock = new VirtualClock()
    const random = seededRandom(options.seed ?? 1)
    const server = createJmapServer({
      like: options.like ?? 'plain',
      clock,
      random: seededRandom((options.seed ?? 1) + 7919),
      users: [USER],
      ...(options.limits ? { limits: options.limits } : {}),
    })
    const client = await InProcessClient.connect(server, clock, USER)
    return new EngineBench({
      clock,
      server,
      random,
      client,
      keptMessages: options.keptMessages,
      device: options.device ?? ROOMY,
      like: options.like ?? 'plain',
    })
  }

  /** The same reader at the same server, with a replica of their own. */
  async otherDevice(): Promise<EngineBench> {
    const { clock, server, random, like } = this
    const client = await InProcessClient.connect(server, clock, USER)
    return new EngineBench({
      clock,
      server,
      random,
      client,
      like,
      keptMessages: this.#keptMessages,
      device: this.#device,
    })
  }

  get engine(): AccountEngine {
    const engine = this.engines.at(-1)
    if (!engine) throw new Error('no engine was started')
    return engine
  }

  /** A new leader over the same replica. */
  async start(): Promise<AccountEngine> {
    const engine = new AccountEngine({
      accountId: this.account.id as AccountId,
      client: this.client,
      replica: this.replica,
      clock: this.clock,
      random: this.random,
      log: silentLogger,
      afterRows: () => Promise.resolve(afterRows),
      device: this.#device,
      ...(this.#keptMessages === undefined ? {} : { keep: { days: 0, atLeast: this.#keptMessages } }),
    })
    this.engines.push(engine)
    await engine.start()
    return engine
  }

  /** Started, synced, looked at again, and filled. */
  async startAndSettle(): Promise<AccountEngine> {
    const engine = await this.start()
    await this.clock.advance(15_000)
    return engine
  }

  /** Requests arrive again, and what waited has the time to be done. */
  async comeOnline(ms = 120_000): Promise<void> {
    this.client.faults = () => undefined
    this.engine.refresh()
    await this.clock.advance(ms)
  }

  mailboxId(role: string): MailboxId {
    const mailbox = this.account.mailboxByRole(role)
    if (!mailbox) throw new Error(`no mailbox with role ${role}`)
    return mailbox.id as MailboxId
  }

  /** A message by SMTP or import. Dates are spread so that order is plain unless `at` says otherwise. */
  deliver(options: Delivery = {}): EmailId {
    this.#deliveries += 1
    return deliverTo(this.account, this.#deliveries, {
      mailbox: this.mailboxId('inbox'),
      at: this.clock.now(),
      ...options,
    })
  }

  /** `count` messages, one a minute, the newest an hour ago. */
  fill(count: number, options: Delivery = {}): EmailId[] {
    const newest = this.clock.now() - 3_600_000
    return Array.from({ length: count }, (_, index) =>
      this.deliver({ ...options, at: newest - (count - index) * 60_000 }),
    )
  }

  /** Every row of the replica, islands too. */
  async knownIds(): Promise<EmailId[]> {
    // Each engine claimed the next one.
    const outcome = await this.replica.write({ epoch: this.engines.length }, (tx) => tx.allEmailIds())
    if (outcome.kind !== 'applied') throw new Error('the replica refused a read')
    return [...outcome.value]
  }

  /** Everything the replica shows of a mailbox, by representative. */
  async list(mailboxId: MailboxId): Promise<EmailId[]> {
    const window = await this.replica.listWindow({ mailboxId }, 0, 100_000)
    return window.rows.map((row) => row.emailId)
  }

  /** What the server holds there: the newest message of each thread, newest first. */
  serverList(mailboxId: MailboxId): EmailId[] {
    const mailbox = this.account.mailboxes.get(mailboxId)
    const newest = new Map<string, { id: string; receivedAt: number }>()
    for (const email of mailbox?.emails ?? []) {
      const best = newest.get(email.thread.id)
      if (!best || email.receivedAt > best.receivedAt) newest.set(email.thread.id, email)
    }
    return [...newest.values()].sort((a, b) => b.receivedAt - a.receivedAt).map((email) => email.id as EmailId)
  }

  close(): void {
    for (const engine of this.engines) engine.stop()
    this.replica.close()
    this.server.close()
  }
}
