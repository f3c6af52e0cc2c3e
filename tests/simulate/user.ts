/** The person at a device's tabs. What the page would do then is done, too. */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import type { Dice } from '../converge/dice.ts'
import type { VirtualClock } from '../support/virtual-clock.ts'
import type { Device, Tab } from './device.ts'
import type { Ledger } from './ledger.ts'
import type { Sweeps } from './sweeps.ts'
import { USER_ACTIONS } from './user-actions.ts'

export interface Seat {
  readonly device: Device
  readonly tab: Tab
  readonly dice: Dice
}

interface UserInput {
  readonly account: MailAccount
  readonly clock: VirtualClock
  readonly ledger: Ledger
  readonly sweeps: Sweeps
}

export class User {
  readonly #account: MailAccount
  readonly #clock: VirtualClock
  readonly #ledger: Ledger
  readonly #sweeps: Sweeps

  constructor({ account, clock, ledger, sweeps }: UserInput) {
    this.#account = account
    this.#clock = clock
    this.#ledger = ledger
    this.#sweeps = sweeps
  }

  /** On one to three messages, sometimes on many; `among` says where they stand. */
  async act({ device, tab, dice }: Seat, among?: MailboxId): Promise<string> {
    const ids = await this.#messages(device, among)
    if (ids.length === 0) return ''
    const count = dice.chance(0.1) ? 4 + dice.below(8) : 1 + dice.below(3)
    const chosen = Array.from({ length: count }, () => dice.pick(ids) as EmailId)
    const emails = (await device.stored.emails([...new Set(chosen)])).flatMap((email) => email ?? [])
    const action = dice.weighted(USER_ACTIONS.map((each) => [each.weight, each] as const))
    const mailboxIds = (await device.stored.mailboxes()).map(({ id }) => id)
    const done = action.make({ emails, mailboxIds }, dice)
    if (!done) return ''
    const intent = this.#ledger.begin(device.name, done.words)
    tab.page.appendMutation(done.mutation).then(
      (row) => {
        this.#ledger.acknowledge(intent, row)
        this.ask(device, tab, 'pokeOutbox')
      },
      () => this.#ledger.refuse(intent),
    )
    await this.#clock.settle()
    return `${tab.name} ${action.name} ${done.words.map(({ property, value }) => `${property}=${value}`)[0] ?? ''} on ${emails.map(({ id }) => id).join(' ')}`
  }

  /** On all that a mailbox shows; or takes that back. */
  async sweep({ device, tab, dice }: Seat): Promise<string> {
    const taken = dice.chance(0.3) ? this.#sweeps.takeBack(device.name, dice) : undefined
    const { mutation, stored } = taken ?? this.#sweeps.begin(device.name, this.#anyMailbox(dice), this.#clock.now())
    tab.page.appendMutation(mutation).then(
      (row) => {
        stored(row)
        this.ask(device, tab, 'pokeOutbox')
      },
      () => undefined,
    )
    await this.#clock.settle()
    const { key, match } = mutation.type === 'takeBack' ? mutation.of : mutation
    return `${tab.name} ${taken ? 'takes back' : 'sets'} ${key} on all of ${match.mailboxId}`
  }

  async discard({ device, tab, dice }: Seat): Promise<string> {
    const row = dice.pick(await device.stored.outbox())
    if (!row) return ''
    this.#sweeps.discard(row)
    const settle = this.#ledger.withdraw(device.name, row.id)
    tab.page.discardMutation(row.id).then(settle, () => settle(false))
    await this.#clock.settle()
    return `${tab.name} row ${row.seq}, ${row.status}`
  }

  async retry({ device, tab, dice }: Seat): Promise<string> {
    const row = dice.pick((await device.stored.outbox()).filter(({ status }) => status === 'failed'))
    if (!row) return ''
    this.#ledger.retry(device.name, row.id)
    tab.page.retryMutation(row.id).then(
      () => this.ask(device, tab, 'pokeOutbox'),
      () => undefined,
    )
    await this.#clock.settle()
    return `${tab.name} row ${row.seq}`
  }

  async look({ device, tab, dice }: Seat): Promise<string> {
    const mailboxId = this.#anyMailbox(dice)
    const rows = await device.stored.listWindow({ mailboxId }, 0, 6)
    const visible = dice.chance(0.8)
    if (visible !== tab.visible) tab.host.didPage(visible ? 'visible' : 'hidden')
    tab.visible = visible
    const emailIds = rows.rows.map(({ emailId }) => emailId)
    return this.ask(device, tab, 'setAttention', { visible, mailboxId, emailIds, openThreadId: null })
  }

  fetch({ device, tab, dice }: Seat): string {
    const { emails, deadIds } = this.#account
    const emailId = dice.pick([...emails.keys(), ...deadIds.keys()]) as EmailId | undefined
    if (dice.chance(0.5) || emailId === undefined)
      return this.window({ device, tab, dice }, this.#anyMailbox(dice), dice.below(10))
    return dice.chance(0.5)
      ? this.ask(device, tab, 'fetchEmail', emailId)
      : this.ask(device, tab, 'fetchBodies', [emailId])
  }

  window({ device, tab, dice }: Seat, mailboxId: MailboxId, position: number): string {
    return this.ask(device, tab, 'fetchWindow', { query: { mailboxId }, position, limit: 1 + dice.below(12) })
  }

  ask(device: Device, tab: Tab, method: Parameters<Tab['host']['call']>[1], ...args: unknown[]): string {
    if (!tab.life.isDead) tab.host.call(device.account, method, args).catch(() => undefined)
    return `${tab.name} ${method} ${JSON.stringify(args)}`
  }

  async #messages({ stored }: Device, among: MailboxId | undefined): Promise<readonly EmailId[]> {
    if (among === undefined) return stored.read(['emails'], (tx) => tx.keys('emails'))
    const { rows } = await stored.listWindow({ mailboxId: among }, 0, 12)
    return rows.flatMap(({ messages }) => messages.map(({ id }) => id))
  }

  #anyMailbox(dice: Dice): MailboxId {
    return dice.pick([...this.#account.mailboxes.keys()]) as MailboxId
  }
}
