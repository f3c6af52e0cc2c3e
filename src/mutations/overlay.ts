/**
 * What the user sees is base rows plus the queued intents, computed anew at every read (law 2). Nothing is ever
 * undone: an intent that leaves the outbox leaves the overlay with it. Every function is pure and answers the same
 * object when nothing changes.
 */
import type { Email, EmailId, MailboxId, Thread } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import {
  isKnownMutation,
  isMailboxMutation,
  isOnMatch,
  type EmailMutation,
  type MatchMutation,
  type OutboxRow,
} from './mutation.ts'
import { leftOut } from './left-out.ts'
import { withKeyword } from './set-keyword.ts'
import { entriesOf, withMailboxes, withMoved } from './set-mailboxes.ts'

/** What is meant for one Email: for each keyword and each mailbox the last word. */
interface PendingChange {
  readonly keywords: ReadonlyMap<string, boolean>
  readonly mailboxIds: ReadonlyMap<MailboxId, boolean>
  readonly isDestroyed: boolean
}

type ById = ReadonlyMap<EmailId, PendingChange>

/** Pending intents folded by Email. */
export interface Pending extends ById {
  /** In the order in which they were meant, since what is for all that match depends on what was done before it. */
  readonly steps: readonly (ById | MatchStep)[]
}

interface MatchStep {
  readonly of: MatchMutation
  readonly isLeftOut: ReturnType<typeof leftOut>
  /** Undefined: any that matches may be meant. */
  readonly isNamed: ReturnType<typeof leftOut> | undefined
}

/**
 * Rows in any order. A type this build does not know is no change (a newer build wrote it), and stays in the outbox.
 * What was refused counts no more: the base shows again.
 */
export function foldPending(outbox: readonly OutboxRow[]): Pending {
  const pending = new Map<EmailId, PendingChange>()
  const mutations = [...outbox]
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ mutation, status }) =>
      status === 'failed' || !isKnownMutation(mutation) || isMailboxMutation(mutation) ? [] : mutation,
    )
  const isStepwise = mutations.some(isOnMatch)
  let step = new Map<EmailId, PendingChange>()
  const steps: Pending['steps'][number][] = [isStepwise ? step : pending]
  for (const mutation of mutations) {
    if (isOnMatch(mutation)) {
      step = new Map()
      steps.push(stepOf(mutation), step)
    }
    const change = changeBy(mutation)
    for (const id of mutation.emailIds) {
      pending.set(id, change(pending.get(id)))
      if (isStepwise) step.set(id, change(step.get(id)))
    }
  }
  return Object.assign(pending, { steps })
}

function stepOf(of: MatchMutation): MatchStep {
  const only = of.match.here?.only
  return { of, isLeftOut: leftOut(of.match), isNamed: only && leftOut({ except: only }) }
}

/** What is meant once this is meant, too. Emails that were meant alike share it: of thousands it is made once. */
function changeBy(mutation: EmailMutation): (before: PendingChange | undefined) => PendingChange {
  const made = new Map<PendingChange | undefined, PendingChange>()
  return (before) => {
    const after = made.get(before) ?? withIntent(before ?? NOTHING, mutation)
    made.set(before, after)
    return after
  }
}

const NOTHING: PendingChange = { keywords: new Map(), mailboxIds: new Map(), isDestroyed: false }

function withIntent(change: PendingChange, mutation: EmailMutation): PendingChange {
  switch (mutation.type) {
    case 'setKeyword':
      return { ...change, keywords: new Map([...change.keywords, [mutation.keyword, mutation.value]]) }
    case 'setMailboxes':
      return { ...change, mailboxIds: new Map([...change.mailboxIds, ...entriesOf(mutation.mailboxIds)]) }
    case 'destroyEmails':
      return { ...change, isDestroyed: true }
    default:
      return change
  }
}

/** Emails that may stand in other mailboxes than their rows say, or in none. */
export function movedIds(pending: Pending): readonly EmailId[] {
  return [...pending].filter(([, change]) => change.isDestroyed || change.mailboxIds.size > 0).map(([id]) => id)
}

type Judged = Pick<Email, 'id' | 'blobId' | 'keywords' | 'mailboxIds' | 'receivedAt'>

type State = Pick<Judged, 'keywords' | 'mailboxIds'>

/** What becomes of the keywords and mailboxes of a message; the same objects where nothing does. */
function stateOf<T extends Judged>(message: T, pending: Pending): T {
  return statesOf([message], pending)[0] ?? message
}

/** Of those that are known of a conversation: some things are done to all of it. */
function statesOf<T extends Judged>(messages: readonly T[], { steps }: Pending): readonly T[] {
  let now = messages
  for (const step of steps) {
    if (!isMatchStep(step)) {
      now = now.map((message) => withState(message, step.get(message.id)))
      continue
    }
    const meant = now.filter((message) => !step.isLeftOut(message) && isMeant(step, message))
    // What comes later is not known to be reached: it is for `sync/muted-mail.ts`.
    const isAll = step.of.match.isByThread && meant.length > 0
    now = now.map((message) =>
      (isAll ? isEarlier(step, message) && !step.isLeftOut(message) : meant.includes(message))
        ? { ...message, ...doneTo(message, step.of) }
        : message,
    )
  }
  return now.map((after, at) => {
    const before = messages[at]
    return before?.keywords === after.keywords && before.mailboxIds === after.mailboxIds ? before : after
  })
}

function withState<T extends Judged>(message: T, change: PendingChange | undefined): T {
  if (!change) return message
  let { keywords } = message
  for (const [keyword, value] of change.keywords) keywords = withKeyword(keywords, keyword, value)
  return { ...message, keywords, mailboxIds: withMailboxes(message.mailboxIds, change.mailboxIds) }
}

function doneTo(message: State, of: MatchMutation): State {
  if (of.type === 'setMailboxesOnAll') return withMoved(message, of)
  return { keywords: withKeyword(message.keywords, of.keyword, of.value), mailboxIds: message.mailboxIds }
}

function isMatchStep(step: Pending['steps'][number]): step is MatchStep {
  return 'of' in step
}

function isEarlier({ of: { match } }: MatchStep, { receivedAt }: Judged): boolean {
  return Date.parse(receivedAt) < Date.parse(match.before)
}

function isMeant(step: MatchStep, message: Judged): boolean {
  const {
    isNamed,
    of: { match },
  } = step
  const { here } = match
  if (!here || !isEarlier(step, message) || isNamed?.(message) === false) return false
  const { mailboxIds, isOutside, has, hasNot } = here
  const isHere = (Object.keys(message.mailboxIds) as MailboxId[]).some((id) => mailboxIds.includes(id) !== isOutside)
  const hasKeyword = (keyword: string): boolean => Object.hasOwn(message.keywords, keyword)
  return isHere && has.every(hasKeyword) && !hasNot.some(hasKeyword)
}

/** Undefined: it is as good as gone. */
export function effectiveEmail(email: Email, pending: Pending): Email | undefined {
  return pending.get(email.id)?.isDestroyed ? undefined : stateOf(email, pending)
}

/** A thread without what is as good as gone. */
export function effectiveThread(
  thread: Thread | undefined,
  emails: readonly Email[],
  pending: Pending,
): { readonly thread: Thread | undefined; readonly emails: readonly Email[] } {
  return {
    thread: thread && { ...thread, emailIds: thread.emailIds.filter((id) => !pending.get(id)?.isDestroyed) },
    emails: statesOf(emails, pending).filter(({ id }) => !pending.get(id)?.isDestroyed),
  }
}

/**
 * The row with the keywords to come. Where a message that is named leaves its mailbox, the row is made anew
 * (`replica/list-overlay.ts`); of what is moved with all that match its messages say where they are.
 */
export function effectiveRow(row: ThreadRow, pending: Pending): ThreadRow {
  if (pending.steps.length === 1 && !row.messages.some((message) => pending.has(message.id))) return row
  const messages = statesOf(row.messages, pending).map((after, at) => {
    const message = row.messages[at] ?? after
    if (after === message || !pending.get(message.id)?.mailboxIds.size) return after
    return after.keywords === message.keywords ? message : { ...after, mailboxIds: message.mailboxIds }
  })
  return messages.every((message, at) => message === row.messages[at]) ? row : { ...row, messages }
}
