/** Counts of mailboxes as they will be once the intents have arrived. Pure. */
import type { Email, Mailbox, MailboxId } from '../jmap/types.ts'
import type { OutboxRow } from './mutation.ts'
import { NO_MAIL } from './new-mailbox.ts'
import { effectiveEmail, type Pending } from './overlay.ts'
import { targetsOf } from './set-mailboxes.ts'

type Count = 'totalEmails' | 'unreadEmails' | 'totalThreads' | 'unreadThreads'

const COUNTS: readonly Count[] = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads']

type Counts = Record<Count, number>

/** What is done to all that match, to numbers alone (`all-done.ts`). */
export interface AllDone {
  counts(mailboxes: readonly Mailbox[]): readonly Mailbox[]
  /** What was received earlier is as good as gone from there. */
  emptiedBefore(id: MailboxId): string | undefined
}

/**
 * Takes the threads that a pending `$seen` or move touches, some at a time: all their known Emails, base values; messages
 * that are not here cannot be counted. What is done to all that match is done to the numbers of what is left without them.
 */
export class PendingCounts {
  readonly #mailboxes: readonly Mailbox[]
  readonly #pending: Pending
  readonly #all: AllDone | undefined
  readonly #before = new Map<MailboxId, Counts>()
  readonly #after = new Map<MailboxId, Counts>()
  readonly #emptied: ReadonlyMap<MailboxId, string | undefined>

  constructor(mailboxes: readonly Mailbox[], pending: Pending, all?: AllDone) {
    this.#mailboxes = mailboxes
    this.#pending = pending
    this.#all = all
    this.#emptied = new Map(mailboxes.map(({ id }) => [id, all?.emptiedBefore(id)]))
  }

  add(threads: readonly (readonly Email[])[]): void {
    for (const thread of threads) {
      const now = thread.flatMap((email) => effectiveEmail(email, this.#pending) ?? [])
      for (const id of mailboxIdsOf([...thread, ...now])) {
        const edge = this.#emptied.get(id)
        const isLeft = ({ receivedAt }: Email): boolean => !edge || Date.parse(receivedAt) >= Date.parse(edge)
        addTo(this.#before, id, countsIn(id, thread))
        addTo(this.#after, id, countsIn(id, now.filter(isLeft)))
      }
    }
  }

  /** The same array where nothing is counted otherwise. */
  mailboxes(): readonly Mailbox[] {
    const mailboxes = this.#mailboxes
    const left = mailboxes.map((mailbox) => changedBy(mailbox, this.#before.get(mailbox.id), -1))
    const rest = this.#all?.counts(left) ?? left
    const counted = rest.map((mailbox, at) => {
      const now = changedBy(mailbox, this.#after.get(mailbox.id), 1)
      const was = mailboxes[at] ?? now
      if (COUNTS.every((name) => now[name] === was[name])) return was
      return { ...was, ...countsOf(COUNTS.map((name) => [name, Math.max(0, now[name])])) }
    })
    return counted.every((mailbox, at) => mailbox === mailboxes[at]) ? mailboxes : counted
  }
}

/** With counts more, or less. */
export function changedBy(mailbox: Mailbox, counts: Counts | undefined, sign: 1 | -1): Mailbox {
  if (!counts) return mailbox
  return { ...mailbox, ...countsOf(COUNTS.map((name) => [name, mailbox[name] + sign * counts[name]])) }
}

function countsOf(entries: readonly (readonly [Count, number])[]): Counts {
  return Object.fromEntries(entries) as Counts
}

/** With those that are still to be made at the server. */
export function withMade(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  const all = [...mailboxes]
  for (const { mutation, status } of outbox) {
    const made = status !== 'failed' && 'make' in mutation && mutation.make
    if (made && targetsOf(mutation).includes(made.id) && !all.some(({ role }) => role === made.role)) all.push(made)
  }
  return all
}

/** A thread is unread in a mailbox if any of its messages is, in whichever mailbox that one lies (RFC 8621 §2). */
function countsIn(id: MailboxId, thread: readonly Email[]): Counts {
  const here = thread.filter((email) => Object.hasOwn(email.mailboxIds, id))
  const isHere = here.length > 0
  return {
    totalEmails: here.length,
    unreadEmails: here.filter(isUnread).length,
    totalThreads: isHere ? 1 : 0,
    unreadThreads: isHere && thread.some(isUnread) ? 1 : 0,
  }
}

function isUnread(email: Email): boolean {
  return !Object.hasOwn(email.keywords, '$seen')
}

function mailboxIdsOf(thread: readonly Email[]): Set<MailboxId> {
  return new Set(thread.flatMap((email) => Object.keys(email.mailboxIds) as MailboxId[]))
}

function addTo(sums: Map<MailboxId, Counts>, id: MailboxId, counts: Counts): void {
  const sum = sums.get(id) ?? { ...NO_MAIL }
  for (const name of COUNTS) sum[name] += counts[name]
  sums.set(id, sum)
}
