/** The server, the devices of one person, other clients, and what goes on between them, step by step. */
import { createJmapServer, type JmapServer, type MailAccount } from '../../demo/server/jmap-server.ts'
import type { PersonalityName } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { MailboxId } from '../../src/jmap/types.ts'
import type { Random } from '../../src/platform/random.ts'
import { SETTINGS_EVERY_MS } from '../../src/sync/engine-timers.ts'
import { Dice } from '../converge/dice.ts'
import { OtherClients } from '../converge/other-clients.ts'
import { deliverTo } from '../support/deliver.ts'
import { InProcessClient } from '../support/in-process-client.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { collide, type Colliding } from './collide.ts'
import { Device } from './device.ts'
import { describe, someFault } from './faults.ts'
import { checkDevice, checkShown, checkTended, noteBodies } from './invariants.ts'
import { Ledger, OTHERS } from './ledger.ts'
import './loaded.ts'
import { MailboxActs } from './mailboxes.ts'
import { MailboxNames } from './mailbox-names.ts'
import { SettingActs } from './settings.ts'
import { diceOf, type Step, type StepKind } from './steps.ts'
import { Sweeps } from './sweeps.ts'
import { Tended } from './tended.ts'
import { User, type Seat } from './user.ts'
import { Wire } from './wire.ts'

const USER = { username: 'mara@example.test', password: 'mara-secret', name: 'Mara' }
/** What a person sees on a screen. */
const SHOWN_EVERY = 4
/** 60 s after the last fault all is to be well (reliability.md §0), polls and back-offs of one minute included. */
const QUIET_MS = 5_000
const QUIET_TIMES = 12

interface Breach {
  readonly invariant: string
  readonly what: string
}

/** Which numbers come next is the step's: what is left out of a schedule changes no other step. */
class StepRandom implements Random {
  current: Random = seededRandom(1)
  next(): number {
    return this.current.next()
  }
  uuid(): string {
    return this.current.uuid()
  }
}

export class World {
  readonly schedule: string[] = []
  readonly breaches: Breach[] = []
  readonly clock: VirtualClock
  readonly server: JmapServer
  readonly account: MailAccount
  readonly like: PersonalityName
  readonly names: MailboxNames
  readonly ledger: Ledger
  readonly mailboxes: MailboxActs
  readonly tended: Tended
  readonly sweeps: Sweeps
  readonly settings: SettingActs
  readonly devices: readonly Device[]
  readonly #wire: Wire
  readonly #others: OtherClients
  readonly #user: User
  readonly #random = new StepRandom()
  readonly #colliding: Colliding
  readonly #trace: (line: string) => void
  #dice: Dice
  #deliveries = 0

  private constructor(
    seed: number,
    parts: { clock: VirtualClock; server: JmapServer; like: PersonalityName; session: InProcessClient['session'] },
    trace: (line: string) => void,
  ) {
    const { clock, server, like, session } = parts
    this.clock = clock
    this.server = server
    this.like = like
    this.account = server.accountOf(USER.username)
    this.names = new MailboxNames(this.account)
    this.ledger = new Ledger(this.names)
    this.#random.current = seededRandom(seed * 3 + 2)
    this.#dice = new Dice(this.#random)
    this.#trace = (line) => trace(`${clock.monotonic()} ${line}`)
    const breach = (invariant: string, what: string): void => this.breach(invariant, what)
    const { account, ledger, names } = this
    this.#wire = new Wire({ server, account, clock, session, ledger, names, trace: this.#trace, breach })
    this.tended = new Tended({ account, clock, ledger, breach })
    this.mailboxes = new MailboxActs({ account, ledger, names, random: this.#random, breach })
    clock.waitFor(() => this.#wire.isBusy)
    this.#hearWrites()
    this.mailboxes.hear(account, () => this.#wire.author)
    this.#others = new OtherClients(
      {
        account,
        clock,
        mailboxId: (role) => account.mailboxByRole(role)?.id ?? '',
        deliver: (delivery) => {
          this.#deliveries += 1
          const place = { at: clock.now(), mailbox: account.mailboxByRole('inbox')?.id ?? '' }
          const id = deliverTo(account, this.#deliveries, { ...place, ...delivery })
          this.tended.didDeliver(account.living(id))
          return id
        },
      },
      this.#dice,
    )
    this.sweeps = new Sweeps(this)
    this.settings = new SettingActs({ account, clock })
    this.#user = new User(this)
    this.#colliding = { account, clock, others: this.#others, user: this.#user, wire: this.#wire }
    const devices = this.#dice.chance(0.35) ? ['A', 'B'] : ['A']
    const inbox = account.mailboxByRole('inbox')?.id as MailboxId
    // In some seeds there is older mail of which nothing is here.
    const keep = this.#dice.pick([{ days: 0, atLeast: 8 }, { days: 0, atLeast: 20 }, undefined, undefined])
    this.devices = devices.map(
      (name) =>
        new Device({
          name,
          clock,
          seed,
          like,
          keep,
          inbox,
          user: USER,
          session,
          wire: this.#wire,
          breach,
          tended: this.tended,
        }),
    )
  }

  static async create(seed: number, like: PersonalityName, trace: (line: string) => void): Promise<World> {
    const clock = new VirtualClock()
    const dice = new Dice(seededRandom(seed * 5 + 1))
    const server = createJmapServer({
      like,
      clock,
      random: seededRandom(seed + 7919),
      users: [USER],
      limits: {
        maxObjectsInGet: dice.pick([2, 5, 10, 500]) ?? 500,
        maxObjectsInSet: dice.pick([2, 3, 10, 500]) ?? 500,
        maxCallsInRequest: dice.pick([4, 16]) ?? 16,
        changesMaxResults: dice.pick([3, 10, 500]) ?? 500,
      },
    })
    const { session } = await InProcessClient.connect(server, clock, USER)
    return new World(seed, { clock, server, like, session }, trace)
  }

  breach(invariant: string, what: string): void {
    this.breaches.push({ invariant, what: `at ${this.clock.monotonic()} ms: ${what}` })
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (let count = this.#dice.below(16); count > 0; count -= 1) {
      this.#others.deliver(this.clock.now() - 60_000 - this.#dice.below(60) * 60_000)
    }
    if (this.#dice.chance(0.7)) await this.clock.advance(1_000)
    for (const device of this.devices) for (let tabs = 1 + this.#dice.below(3); tabs > 0; tabs -= 1) device.open()
    // The account changes while it is read for the first time.
    for (let count = this.#dice.below(8); count > 0; count -= 1) {
      await this.clock.advance(this.#dice.below(20))
      this.#others.act()
    }
    for (const [index, step] of steps.entries()) {
      await this.#step(step)
      if (index % SHOWN_EVERY === 0 || step.kind === 'collide') await this.#lookAtAll()
      if (this.breaches.length > 0) return
    }
    await this.#quiet()
    await checkTended(this)
    for (const device of this.devices) {
      await checkDevice(this, device)
      this.#say('I1', await this.settings.breach(device))
    }
  }

  close(): void {
    for (const device of this.devices) for (const { life } of device.tabs) life.end()
    this.server.close()
  }

  async #step(step: Step): Promise<void> {
    this.#random.current = seededRandom(step.roll)
    const dice = diceOf(step)
    const device = dice.pick(this.devices)
    if (!device) return
    const said = await this.#do(step.kind, device, dice)
    const line = `${step.kind}${this.devices.length > 1 ? ` ${device.name}` : ''}${said === '' ? '' : `: ${said}`}`
    this.schedule.push(`${this.clock.monotonic()} ${line}`)
    this.#trace(line)
    // A step may leave everything under way behind it: the next one collides with it.
    if (dice.chance(0.4)) await this.clock.advance(dice.below(60))
    else await this.clock.settle()
  }

  #do(kind: StepKind, device: Device, dice: Dice): string | Promise<string> {
    const tab = dice.pick(device.usable)
    switch (kind) {
      case 'others':
        return this.#letOthersAct()
      case 'wait':
        return this.#wait(dice)
      case 'openTab':
        return device.living.length < 3 ? device.open().name : ''
      case 'fault':
        return this.#arm(device, dice)
      case 'thaw':
        device.thaw()
        return ''
      case 'powerCut':
        return device.cutPower(dice.below(6)).then((lost) => `${lost} transactions are lost`)
      case 'networkDown':
        this.#wire.offline.add(device.name)
        return ''
      case 'networkUp':
        this.#wire.offline.delete(device.name)
        return ''
      case 'diskFull':
        device.disk.isFull = true
        return ''
      case 'diskFree':
        return device.freeDisk()
      case 'lockOut':
        this.#wire.lockedOut.add(device.name)
        return ''
      case 'streamLost':
        this.server.streams.closeAll()
        return ''
      case 'forget':
        this.account.forgetChanges()
        return ''
      default:
        return tab ? this.#inTab(kind, { device, tab, dice }) : ''
    }
  }

  #inTab(kind: StepKind, seat: Seat): string | Promise<string> {
    const { device, tab, dice } = seat
    switch (kind) {
      case 'act':
        return this.#user.act(seat)
      case 'sweep':
        return this.#user.sweep(seat)
      case 'manage':
        return this.#user.manage(seat)
      case 'file':
        return this.#user.file(seat)
      case 'choose':
        return this.#user.choose(seat)
      case 'discard':
        return this.#user.discard(seat)
      case 'retry':
        return this.#user.retry(seat)
      case 'look':
        return this.#user.look(seat)
      case 'fetch':
        return this.#user.fetch(seat)
      case 'collide':
        return collide(this.#colliding, seat)
      case 'closeTab':
        tab.host.didPage('bye')
        tab.life.end()
        return tab.name
      case 'crash': {
        const awaits = 1 + dice.below(dice.pick([4, 40, 200]) ?? 4)
        tab.life.crashAfter(awaits)
        return `${tab.name} in ${awaits} awaits`
      }
      case 'freeze':
        tab.life.freeze()
        return tab.name
      case 'signIn':
        device.signIn(tab)
        return tab.name
      default:
        return this.#user.ask(device, tab, 'refresh')
    }
  }

  #say(invariant: string, what: string | undefined): void {
    if (what !== undefined) this.breach(invariant, what)
  }

  async #lookAtAll(): Promise<void> {
    for (const device of this.devices) {
      await checkShown(this, device)
      await noteBodies(device)
      this.#say('I1', await this.settings.shownBreach(device))
    }
  }

  /** What devices know of mailboxes by then is theirs. */
  async #letOthersAct(): Promise<string> {
    for (const device of this.devices) await this.mailboxes.learn(device)
    return this.#others.act()
  }

  async #wait(dice: Dice): Promise<string> {
    const ms = dice.pick([0, 5, 40, 110, 400, 1_000, 2_100, 6_000]) ?? 0
    await this.clock.advance(ms)
    return `${ms} ms`
  }

  #arm(device: Device, dice: Dice): string {
    const armed = someFault(dice)
    this.#wire.arm(device.name, armed)
    return describe(armed)
  }

  /** Everything heals, each device is looked at, and nothing happens any more. */
  async #quiet(): Promise<void> {
    this.#wire.heal()
    for (const device of this.devices) {
      for (const { life } of device.living) life.spare()
      device.thaw()
      device.freeDisk()
      const tab = device.usable[0] ?? device.open()
      device.signIn(tab)
      for (const each of device.usable) each.host.didPage('visible')
    }
    // Where nothing is pushed, one device's last word waits for the other's next look; a last answer may be a minute late.
    for (let isSettled = false, rounds = 0; !isSettled && rounds < 3; rounds += 1) {
      isSettled = await this.#settled()
      for (const device of this.devices) if (device.leader) this.#user.ask(device, device.leader, 'refresh')
    }
    await this.#settled()
    await this.#lookAtSettings()
    // What sleeps comes back, once and no sooner.
    for (let ms = this.tended.untilNextHour(), rounds = 0; ms !== undefined && rounds < 3; rounds += 1) {
      await this.clock.advance(ms)
      await this.#settled()
      ms = this.tended.untilNextHour()
    }
  }

  /** What a device missed while nothing was pushed it looks for when its settings are old. */
  async #lookAtSettings(): Promise<void> {
    if (!this.settings.hasChosen) return
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await this.clock.advance(SETTINGS_EVERY_MS + QUIET_MS)
      for (const device of this.devices) if (device.leader) this.#user.ask(device, device.leader, 'refresh')
      await this.#settled()
    }
  }

  async #settled(): Promise<boolean> {
    for (let left = QUIET_TIMES; left > 0; left -= 1) {
      await this.clock.advance(QUIET_MS)
      const done = await Promise.all(this.devices.map((device) => isQuiet(device)))
      if (done.every(Boolean) && left < QUIET_TIMES - 1) return true
    }
    return false
  }

  /** What others do at the server, for the ledger; what devices write it learns from their requests. */
  #hearWrites(): void {
    const { account, ledger } = this
    const update = account.update.bind(account)
    account.update = (email, keywords, mailboxIds) => {
      if (this.#wire.author === undefined) {
        const [words, boxes] = [new Set(keywords), new Set(mailboxIds)]
        for (const [kind, before, after] of [
          ['keywords', email.keywords, words],
          ['mailboxIds', email.mailboxIds, boxes],
        ] as const) {
          for (const name of new Set([...before, ...after])) {
            if (before.has(name) !== after.has(name))
              ledger.wrote(OTHERS, { blobId: email.blobId, property: `${kind}/${name}`, value: after.has(name) })
          }
        }
        update(email, words, boxes)
      } else update(email, keywords, mailboxIds)
    }
  }
}

async function isQuiet(device: Device): Promise<boolean> {
  const rows = await device.stored.outbox()
  return device.leader?.status?.phase === 'ready' && rows.every(({ status }) => status === 'failed')
}
