/** The server, the devices of one person, other clients, and what goes on between them, step by step. */
import { createJmapServer, type JmapServer, type MailAccount } from '../../demo/server/jmap-server.ts'
import type { PersonalityName } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import type { Random } from '../../src/platform/random.ts'
import { Dice } from '../converge/dice.ts'
import { OtherClients } from '../converge/other-clients.ts'
import { deliverTo } from '../support/deliver.ts'
import { InProcessClient } from '../support/in-process-client.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { Device, type Tab } from './device.ts'
import { describe, someFault } from './faults.ts'
import { checkDevice, checkShown } from './invariants.ts'
import { Ledger, OTHERS } from './ledger.ts'
import './loaded.ts'
import { diceOf, type Step, type StepKind } from './steps.ts'
import { USER_ACTIONS } from './user-actions.ts'
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
  readonly ledger = new Ledger()
  readonly devices: readonly Device[]
  readonly #wire: Wire
  readonly #others: OtherClients
  readonly #random = new StepRandom()
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
    this.#random.current = seededRandom(seed * 3 + 2)
    this.#dice = new Dice(this.#random)
    this.#trace = (line) => trace(`${clock.monotonic()} ${line}`)
    const breach = (invariant: string, what: string): void => this.breach(invariant, what)
    const { account, ledger } = this
    this.#wire = new Wire({ server, account, clock, session, ledger, trace: this.#trace, breach })
    clock.waitFor(() => this.#wire.isBusy)
    this.#hearWrites()
    this.#others = new OtherClients(
      {
        account,
        clock,
        mailboxId: (role) => account.mailboxByRole(role)?.id ?? '',
        deliver: (delivery) => {
          this.#deliveries += 1
          const place = { at: clock.now(), mailbox: account.mailboxByRole('inbox')?.id ?? '' }
          return deliverTo(account, this.#deliveries, { ...place, ...delivery })
        },
      },
      this.#dice,
    )
    const names = this.#dice.chance(0.35) ? ['A', 'B'] : ['A']
    this.devices = names.map(
      (name) => new Device({ name, clock, seed, like, user: USER, session, wire: this.#wire, breach }),
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
    for (const [index, step] of steps.entries()) {
      await this.#step(step)
      if (index % SHOWN_EVERY === 0) for (const device of this.devices) await checkShown(this, device)
      if (this.breaches.length > 0) return
    }
    await this.#quiet()
    for (const device of this.devices) await checkDevice(this, device)
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
        return this.#others.act()
      case 'wait':
        return this.#wait(dice)
      case 'openTab':
        return device.living.length < 3 ? device.open().name : ''
      case 'fault':
        return this.#arm(device, dice)
      case 'thaw':
        return this.#thaw(device)
      case 'powerCut':
        return this.#cutPower(device, dice)
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
        return this.#freeDisk(device)
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
        return tab ? this.#inTab(kind, device, tab, dice) : ''
    }
  }

  #inTab(kind: StepKind, device: Device, tab: Tab, dice: Dice): string | Promise<string> {
    switch (kind) {
      case 'act':
        return this.#act(device, tab, dice)
      case 'discard':
        return this.#discard(device, tab, dice)
      case 'look':
        return this.#look(device, tab, dice)
      case 'fetch':
        return this.#fetch(device, tab, dice)
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
        return this.#ask(device, tab, 'refresh')
    }
  }

  async #wait(dice: Dice): Promise<string> {
    const ms = dice.pick([0, 5, 40, 110, 400, 1_000, 2_100, 6_000]) ?? 0
    await this.clock.advance(ms)
    return `${ms} ms`
  }

  async #act(device: Device, tab: Tab, dice: Dice): Promise<string> {
    const ids = await device.stored.read(['emails'], (tx) => tx.keys('emails'))
    if (ids.length === 0) return ''
    const chosen = Array.from({ length: 1 + dice.below(3) }, () => dice.pick(ids) as EmailId)
    const emails = (await device.stored.emails([...new Set(chosen)])).flatMap((email) => email ?? [])
    const action = dice.weighted(USER_ACTIONS.map((each) => [each.weight, each] as const))
    const mailboxIds = (await device.stored.mailboxes()).map(({ id }) => id)
    const done = action.make({ emails, mailboxIds }, dice)
    if (!done) return ''
    const intent = this.ledger.begin(device.name, done.words)
    tab.page.appendMutation(done.mutation).then(
      (row) => {
        this.ledger.acknowledge(intent, row)
        this.#ask(device, tab, 'pokeOutbox')
      },
      () => this.ledger.refuse(intent),
    )
    await this.clock.settle()
    return `${tab.name} ${action.name} ${done.words.map(({ property, value }) => `${property}=${value}`)[0] ?? ''} on ${emails.map(({ id }) => id).join(' ')}`
  }

  async #discard(device: Device, tab: Tab, dice: Dice): Promise<string> {
    const row = dice.pick(await device.stored.outbox())
    if (!row) return ''
    const restore = this.ledger.withdraw(device.name, row.id)
    tab.page.discardMutation(row.id).then((isGone) => {
      if (!isGone) restore()
    }, restore)
    await this.clock.settle()
    return `${tab.name} row ${row.seq}`
  }

  async #look(device: Device, tab: Tab, dice: Dice): Promise<string> {
    const mailboxId = dice.pick([...this.account.mailboxes.keys()]) as MailboxId
    const rows = await device.stored.listWindow({ mailboxId }, 0, 6)
    const visible = dice.chance(0.8)
    if (visible !== tab.visible) tab.host.didPage(visible ? 'visible' : 'hidden')
    tab.visible = visible
    const emailIds = rows.rows.map(({ emailId }) => emailId)
    return this.#ask(device, tab, 'setAttention', { visible, mailboxId, emailIds, openThreadId: null })
  }

  #fetch(device: Device, tab: Tab, dice: Dice): string {
    const mailboxId = dice.pick([...this.account.mailboxes.keys()]) as MailboxId
    const emailId = dice.pick([...this.account.emails.keys(), ...this.account.deadIds.keys()]) as EmailId | undefined
    if (dice.chance(0.5) || emailId === undefined) {
      const position = dice.below(10)
      return this.#ask(device, tab, 'fetchWindow', { query: { mailboxId }, position, limit: 1 + dice.below(8) })
    }
    return dice.chance(0.5)
      ? this.#ask(device, tab, 'fetchEmail', emailId)
      : this.#ask(device, tab, 'fetchBodies', [emailId])
  }

  #ask(device: Device, tab: Tab, method: Parameters<Tab['host']['call']>[1], ...args: unknown[]): string {
    if (!tab.life.isDead) tab.host.call(device.account, method, args).catch(() => undefined)
    return `${tab.name} ${method} ${JSON.stringify(args)}`
  }

  #arm(device: Device, dice: Dice): string {
    const armed = someFault(dice)
    this.#wire.arm(device.name, armed)
    return describe(armed)
  }

  #thaw(device: Device): string {
    for (const tab of device.living.filter(({ life }) => life.isFrozen)) {
      tab.thawedAt = this.clock.now()
      tab.life.thaw()
    }
    return ''
  }

  /** Pages whose worker found no room are loaded again. */
  #freeDisk(device: Device): string {
    device.disk.isFull = false
    const lacking = device.living.filter(({ lacksRoom }) => lacksRoom)
    for (const { life } of lacking) life.end()
    return lacking.map(({ name }) => `${name} becomes ${device.open().name}`).join(', ')
  }

  async #cutPower(device: Device, dice: Dice): Promise<string> {
    for (const { life } of device.living) life.end()
    await this.clock.settle()
    const lost = await device.disk.cut(dice.below(6))
    device.open()
    return `${lost} transactions are lost`
  }

  /** Everything heals, each device is looked at, and nothing happens any more. */
  async #quiet(): Promise<void> {
    this.#wire.heal()
    for (const device of this.devices) {
      for (const { life } of device.living) life.spare()
      this.#thaw(device)
      this.#freeDisk(device)
      const tab = device.usable[0] ?? device.open()
      device.signIn(tab)
      for (const each of device.usable) each.host.didPage('visible')
    }
    await this.#settled()
    // Where nothing is pushed, one device's last word waits for the other's next look.
    for (const device of this.devices) if (device.leader) this.#ask(device, device.leader, 'refresh')
    await this.#settled()
  }

  async #settled(): Promise<void> {
    for (let left = QUIET_TIMES; left > 0; left -= 1) {
      await this.clock.advance(QUIET_MS)
      const done = await Promise.all(this.devices.map((device) => isQuiet(device)))
      if (done.every(Boolean) && left < QUIET_TIMES - 1) return
    }
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
