/**
 * What engines do by themselves: snoozed mail comes back at its hour (ADR 0021), and what comes into a muted conversation
 * leaves the Inbox (ADR 0022). What they write to the outbox is promised like what a user does.
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { StoredEmail } from '../../demo/server/store/stored-email.ts'
import type { Mailbox } from '../../src/jmap/types.ts'
import { MUTED } from '../../src/mail/muted.ts'
import { sleepsUntil, snoozedMailbox } from '../../src/mail/snoozed.ts'
import { findMailbox } from '../../src/mutations/made-mailbox.ts'
import type { Mutation, OutboxRow } from '../../src/mutations/mutation.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Device } from './device.ts'
import type { Ledger } from './ledger.ts'
import { failedRows, isRefused } from './refused.ts'
import { wordsOf } from './user-actions.ts'

interface Deps {
  readonly account: MailAccount
  readonly clock: Clock
  readonly ledger: Ledger
  readonly breach: (invariant: string, what: string) => void
}

/** An engine looks at the clock each minute, and the hour is a whole one. */
const LATE_MS = 130_000
/** What comes with an older date may lie below what is kept here. */
const FRESH_MS = 2_000

export class Tended {
  readonly #deps: Deps
  /** By device, message and hour: where the ledger was when it was brought back, and by which row. */
  readonly #woken = new Map<string, { readonly order: number; readonly rowId: string }>()
  /** When each message came, by blob: in the ledger's order, and by the clock. */
  readonly #came = new Map<string, { readonly order: number; readonly at: number }>()
  readonly #rows = new Map<string, readonly string[]>()
  /** The user called off what an engine did with them. */
  readonly #calledOff = new Set<string>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  didDeliver({ blobId }: StoredEmail): void {
    this.#came.set(blobId, { order: this.#deps.ledger.now, at: this.#deps.clock.now() })
  }

  /** An engine writes to the outbox of its device. */
  async engineDid(
    device: Device,
    mutation: Mutation,
    append: (mutation: Mutation) => Promise<OutboxRow>,
  ): Promise<OutboxRow> {
    const { ledger } = this.#deps
    const hours = await this.#hoursOf(device, mutation)
    const intent = ledger.begin(device.name, wordsOf(mutation))
    try {
      const row = await append(mutation)
      ledger.acknowledge(intent, row)
      this.#rows.set(row.id, 'blobIds' in mutation ? mutation.blobIds : [])
      for (const key of hours) this.#woken.set(key, { order: intent.order, rowId: row.id })
      return row
    } catch (error) {
      ledger.refuse(intent)
      throw error
    }
  }

  /** The user takes a row out of the outbox. */
  discard({ id }: OutboxRow): void {
    for (const blobId of this.#rows.get(id) ?? []) this.#calledOff.add(blobId)
  }

  /** How long it takes until the next hour that is near; undefined: none is. */
  untilNextHour(): number | undefined {
    const now = this.#deps.clock.now()
    const near = this.#sleeping().flatMap(({ until }) =>
      until > now - LATE_MS && until < now + 3_600_000 ? until : [],
    )
    return near.length === 0 ? undefined : Math.max(...near) + LATE_MS - now
  }

  /** What is wrong at the end. `refused`: rows that users are shown as such, each with its messages. */
  async breach(devices: readonly Device[], refused: ReadonlySet<string>): Promise<string | undefined> {
    const isGivenUp = ({ blobId }: StoredEmail): boolean => this.#calledOff.has(blobId) || refused.has(blobId)
    const due = this.#deps.clock.now() - LATE_MS
    const late = this.#sleeping().find(({ email, until }) => until < due && !isGivenUp(email))
    if (late) return `${late.email.id} sleeps on after its hour`
    for (const email of this.#unhushed(devices)) {
      if (isGivenUp(email)) continue
      for (const device of devices)
        if (await knowsMuted(device, email))
          return `${email.id} came into a muted conversation, and stands in the Inbox`
    }
    return undefined
  }

  /**
   * What was said of it when it is brought back: not before its hour, and not twice. What the server refused was not
   * brought back: it sleeps on, also in the eyes of its user, and the next leader tries once more (`snoozed-mail.ts`).
   */
  async #hoursOf(device: Device, mutation: Mutation): Promise<readonly string[]> {
    const { account, clock, ledger, breach } = this.#deps
    const snoozed = snoozedMailbox(mailboxesOf(account))
    if (mutation.type !== 'setMailboxes' || !snoozed || mutation.mailboxIds[snoozed.id] !== false) return []
    const [known, failed] = await Promise.all([device.stored.emails(mutation.emailIds), failedRows(device)])
    const emails = known.flatMap((email) => email ?? [])
    return emails.map(({ id, blobId, keywords }) => {
      const until = sleepsUntil(keywords)
      if (until === undefined || until > clock.now()) breach('I1', `${device.name} wakes ${id} before its hour`)
      const key = `${device.name} ${blobId} ${until ?? ''}`
      const before = this.#woken.get(key)
      const word = { blobId, property: `mailboxIds/${snoozed.id}` }
      if (!before || isRefused(failed, { rowId: before.rowId, blobId })) return key
      if (!this.#calledOff.has(blobId) && !ledger.isPutSince(before.order, word))
        breach('I1', `${device.name} wakes ${id} twice`)
      return key
    })
  }

  #sleeping(): readonly { readonly email: StoredEmail; readonly until: number }[] {
    const { account } = this.#deps
    const snoozed = snoozedMailbox(mailboxesOf(account))
    return [...account.emails.values()].flatMap((email) => {
      const keywords = Object.fromEntries([...email.keywords].map((keyword) => [keyword, true as const]))
      const until = snoozed && email.mailboxIds.has(snoozed.id) ? sleepsUntil(keywords) : undefined
      return until === undefined ? [] : [{ email, until }]
    })
  }

  /** Came into the Inbox after its conversation was muted, and nobody has put it there since. */
  #unhushed(devices: readonly Device[]): readonly StoredEmail[] {
    const { account, ledger } = this.#deps
    const inbox = account.mailboxByRole('inbox')
    if (!inbox || !findMailbox(mailboxesOf(account), { role: 'archive', name: 'Archive' })) return []
    return [...inbox.emails].filter((email) => {
      const came = this.#came.get(email.blobId)
      if (!came || email.keywords.has(MUTED) || email.receivedAt < came.at - FRESH_MS) return false
      if (ledger.isPutSince(came.order, { blobId: email.blobId, property: `mailboxIds/${inbox.id}` })) return false
      return email.thread.emails.some(({ blobId, keywords }) => {
        const property = `keywords/${MUTED}`
        const mutedAt = ledger.writtenAt({ blobId, property })
        // With all that match what is not here is muted, too: then nobody here knows it when an answer comes (ADR 0022).
        const isKnown = devices.some(({ name }) => ledger.hasSaid(name, { blobId, property, value: true }))
        return isKnown && keywords.has(MUTED) && mutedAt !== undefined && mutedAt < came.order
      })
    })
  }
}

/** Whether it has both: the message, and one of its conversation that is muted. */
async function knowsMuted({ stored }: Device, email: StoredEmail): Promise<boolean> {
  const known = await stored.emails(email.thread.emails.map(({ id }) => id as never))
  const isMuted = known.some((each) => each && Object.hasOwn(each.keywords, MUTED))
  return isMuted && known.some((each) => each?.id === email.id)
}

function mailboxesOf(account: MailAccount): readonly Mailbox[] {
  return [...account.mailboxes.values()] as unknown as readonly Mailbox[]
}
