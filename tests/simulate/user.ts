/** The person at a device's tabs. What the page would do then is done, too. */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import { isLocalId } from '../../src/mail/list.ts'
import { isMailboxMutation, type Mutation, type OutboxRow } from '../../src/mutations/mutation.ts'
import { fileAway, type FileAwayInput, type Filing } from '../../src/state/file-away.ts'
import type { Dice } from '../converge/dice.ts'
import type { VirtualClock } from '../support/virtual-clock.ts'
import type { Device, Tab } from './device.ts'
import type { Ledger } from './ledger.ts'
import { overrulesOf, wordsAboutMailbox, type MailboxActs } from './mailboxes.ts'
import type { MailboxNames } from './mailbox-names.ts'
import type { SettingActs } from './settings.ts'
import { Sweeps } from './sweeps.ts'
import type { Tended } from './tended.ts'
import { USER_ACTIONS, wordsOf } from './user-actions.ts'

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
  readonly names: MailboxNames
  readonly mailboxes: MailboxActs
  readonly tended: Tended
  readonly settings: SettingActs
}

export class User {
  readonly #account: MailAccount
  readonly #clock: VirtualClock
  readonly #ledger: Ledger
  readonly #sweeps: Sweeps
  readonly #names: MailboxNames
  readonly #mailboxes: MailboxActs
  readonly #tended: Tended
  readonly #settings: SettingActs

  constructor({ account, clock, ledger, sweeps, names, mailboxes, tended, settings }: UserInput) {
    this.#account = account
    this.#clock = clock
    this.#ledger = ledger
    this.#sweeps = sweeps
    this.#names = names
    this.#mailboxes = mailboxes
    this.#tended = tended
    this.#settings = settings
  }

  /** On one to three messages, sometimes on many; `among` says where they stand. */
  async act({ device, tab, dice }: Seat, among?: MailboxId): Promise<string> {
    const ids = await this.#messages(device, among)
    if (ids.length === 0) return ''
    const count = dice.chance(0.1) ? 4 + dice.below(8) : 1 + dice.below(3)
    const chosen = Array.from({ length: count }, () => dice.pick(ids) as EmailId)
    const emails = (await device.stored.emails([...new Set(chosen)])).flatMap((email) => email ?? [])
    const action = dice.weighted(USER_ACTIONS.map((each) => [each.weight, each] as const))
    const standing = new Set(emails.flatMap((email) => Object.keys(email.mailboxIds)))
    // What is still to be made for its role goes with the actions that ask for it (`file`). Once the server has made it,
    // what goes there by the id of ours is there: to move it out of and into the same mailbox promises nothing.
    const mailboxIds = (await device.stored.mailboxes()).flatMap(({ id, role }) =>
      role !== null && (isLocalId(id) || standing.has(`~${role}`)) ? [] : id,
    )
    const mutation = action.make({ emails, mailboxIds }, dice)
    if (!mutation) return ''
    this.#append(device, tab, mutation).then(
      () => this.ask(device, tab, 'pokeOutbox'),
      () => undefined,
    )
    await this.#clock.settle()
    return `${tab.name} ${action.name} ${wordsOf(mutation).map(({ property, value }) => `${property}=${String(value)}`)[0] ?? ''} on ${emails.map(({ id }) => id).join(' ')}`
  }

  /** Snoozes or mutes a conversation of a list, or takes that back, as the page does it. */
  async file({ device, tab, dice }: Seat): Promise<string> {
    const mailboxes = await device.stored.mailboxes()
    const inbox = mailboxes.find(({ role }) => role === 'inbox')
    const from = dice.chance(0.5) ? inbox : dice.pick(mailboxes)
    const rows = from ? (await device.stored.listWindow({ mailboxId: from.id }, 0, 12)).rows : []
    const row = dice.pick(rows)
    if (!from || !row) return ''
    const until = this.#clock.now() + (dice.pick([20_000, 90_000, 240_000, 86_400_000]) ?? 0)
    const filing = dice.weighted<Filing>([
      [3, 'mute'],
      [1, 'unmute'],
      [4, { until }],
      [1, 'wake'],
    ])
    const perform = async (_: unknown, mutations: readonly Mutation[]): Promise<void> => {
      for (const mutation of mutations) await this.#append(device, tab, mutation)
      this.ask(device, tab, 'pokeOutbox')
    }
    const input = {
      account: { replica: device.stored, info: { isPersonal: true, isReadOnly: false } },
      undo: () => Promise.resolve({ perform }),
      known: mailboxes,
      messages: row.messages,
      from: from.id,
      label: () => '',
    } as unknown as FileAwayInput
    fileAway(filing, input).catch(() => undefined)
    await this.#clock.settle()
    return `${tab.name} ${JSON.stringify(filing)} of ${row.messages.map(({ id }) => id).join(' ')} in ${from.id}`
  }

  /** Makes, changes or deletes a mailbox. */
  async manage(seat: Seat): Promise<string> {
    const { device, tab } = seat
    const append = (mutation: Mutation): Promise<OutboxRow> => this.#append(device, tab, mutation)
    const act = await this.#mailboxes.act(seat, append, () => this.ask(device, tab, 'pokeOutbox'))
    act?.run().catch(() => undefined)
    await this.#clock.settle()
    return act ? `${tab.name} ${act.said}` : ''
  }

  /** On all that a mailbox shows; or takes that back. */
  async sweep({ device, tab, dice }: Seat): Promise<string> {
    const taken = dice.chance(0.3) ? this.#sweeps.takeBack(device.name, dice) : undefined
    const begun = taken ?? (await this.#beginSweep(device, dice))
    if (!begun) return ''
    const { mutation, stored } = begun
    const of = mutation.type === 'takeBack' ? mutation.of : mutation
    const inbox = this.#account.mailboxByRole('inbox')?.id ?? ''
    this.#mailboxes.note(device.name, mutation)
    const intent = this.#ledger.begin(device.name, [], Sweeps.overrulesOf({ of }, this.#names, inbox))
    tab.page.appendMutation(mutation).then(
      (row) => {
        this.#ledger.acknowledge(intent, row)
        stored(row)
        this.ask(device, tab, 'pokeOutbox')
      },
      () => this.#ledger.refuse(intent),
    )
    await this.#clock.settle()
    return `${tab.name} ${taken ? 'takes back' : 'sets'} ${of.key} (${of.type === 'setMailboxesOnAll' ? (of.hour ?? 'mute') : of.keyword}) on all of ${of.match.mailboxId}`
  }

  /** Sometimes but for one that the user sees there. */
  async #beginSweep(device: Device, dice: Dice): Promise<ReturnType<Sweeps['begin']>> {
    const mailboxId = this.#anyMailbox(dice)
    const id = dice.chance(0.5) ? dice.pick(await this.#messages(device, mailboxId)) : undefined
    const [out] = id ? await device.stored.emails([id]) : []
    const kind = dice.weighted<Parameters<Sweeps['begin']>[1]['kind']>([
      [4, 'label'],
      [2, 'snooze'],
      [2, 'mute'],
      [1, 'unmute'],
    ])
    const mailboxes = await device.stored.mailboxes()
    return this.#sweeps.begin(device.name, { mailboxId, now: this.#clock.now(), out, mailboxes, kind })
  }

  /** Chooses an account setting. */
  choose(seat: Seat): Promise<string> {
    const { device, tab } = seat
    return this.#settings.choose(seat, () => this.ask(device, tab, 'pokeOutbox'))
  }

  async discard({ device, tab, dice }: Seat): Promise<string> {
    const row = dice.pick(await device.stored.outbox())
    if (!row) return ''
    this.#sweeps.discard(row)
    this.#tended.discard(row)
    this.#settings.discard(device, row)
    const settle = this.#ledger.withdraw(device.name, row.id)
    tab.page.discardMutation(row.id).then(
      (isGone) => {
        settle(isGone)
        if (isGone && row.mutation.type === 'createMailbox') this.#names.takenBack(device.name, row.mutation.mailbox.id)
      },
      () => settle(false),
    )
    await this.#clock.settle()
    return `${tab.name} row ${row.seq}, ${row.status}`
  }

  async retry({ device, tab, dice }: Seat): Promise<string> {
    const row = dice.pick((await device.stored.outbox()).filter(({ status }) => status === 'failed'))
    if (!row) return ''
    this.#ledger.retry(device.name, row.id)
    // What takes a sweep back is rows of its own.
    this.#ledger.retry(device.name, row.id.replace(/\/.*/, ''))
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

  /** What it promises holds from when it is acknowledged. */
  async #append(device: Device, tab: Tab, mutation: Mutation): Promise<OutboxRow> {
    this.#mailboxes.note(device.name, mutation)
    const words = isMailboxMutation(mutation) ? wordsAboutMailbox(mutation, this.#names) : wordsOf(mutation)
    const intent = this.#ledger.begin(device.name, words, overrulesOf(mutation, this.#names))
    try {
      const row = await tab.page.appendMutation(mutation)
      this.#ledger.acknowledge(intent, row)
      if (mutation.type === 'destroyMailbox' && mutation.made)
        this.#noteWithdrawn(device, mutation.made.id).catch(() => undefined)
      return row
    } catch (error) {
      this.#ledger.refuse(intent)
      if (mutation.type === 'createMailbox') this.#names.takenBack(device.name, mutation.mailbox.id)
      throw error
    }
  }

  /** What takes back a mailbox that was not sent yet leaves nothing of it in the outbox. */
  async #noteWithdrawn({ name, stored }: Device, id: MailboxId): Promise<void> {
    const rows = await stored.outbox()
    const waits = rows.some(({ mutation }) => mutation.type === 'createMailbox' && mutation.mailbox.id === id)
    if (!waits) this.#names.withdrawn(name, id)
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
