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
}

interface Draft {
  readonly keywords: Map<string, boolean>
  readonly mailboxIds: Map<MailboxId, boolean>
  isDestroyed: boolean
}

/**
 * Rows in any order. A type this build does not know is no change (a newer build wrote it), and stays in the outbox.
 * What was refused counts no more: the base shows again.
 */
export function foldPending(outbox: readonly OutboxRow[]): Pending {
  const pending = new Map<EmailId, Draft>()
  const mutations = [...outbox]
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ mutation, status }) =>
      status === 'failed' || !isKnownMutation(mutation) || isMailboxMutation(mutation) ? [] : mutation,
    )
  const isStepwise = mutations.some(isOnMatch)
  let step = new Map<EmailId, Draft>()
  const steps: Pending['steps'][number][] = [isStepwise ? step : pending]
  for (const mutation of mutations) {
    if (isOnMatch(mutation)) {
      step = new Map()
      steps.push({ of: mutation, isLeftOut: leftOut(mutation.match) }, step)
    }
    for (const id of mutation.emailIds) {
      addTo(pending, id, mutation)
      if (isStepwise) addTo(step, id, mutation)
    }
  }
  return Object.assign(pending, { steps })
}

function addTo(drafts: Map<EmailId, Draft>, id: EmailId, mutation: EmailMutation): void {
  const draft = drafts.get(id) ?? { keywords: new Map(), mailboxIds: new Map(), isDestroyed: false }
  add(draft, mutation)
  drafts.set(id, draft)
}

function add(draft: Draft, mutation: EmailMutation): void {
  switch (mutation.type) {
    case 'setKeyword':
      draft.keywords.set(mutation.keyword, mutation.value)
      break
    case 'setMailboxes':
      for (const [id, isIn] of entriesOf(mutation.mailboxIds)) draft.mailboxIds.set(id, isIn)
      break
    case 'destroyEmails':
      draft.isDestroyed = true
  }
}

/** Emails that may stand in other mailboxes than their rows say, or in none. */
export function movedIds(pending: Pending): readonly EmailId[] {
  return [...pending].filter(([, change]) => change.isDestroyed || change.mailboxIds.size > 0).map(([id]) => id)
}

type Judged = Pick<Email, 'id' | 'blobId' | 'keywords' | 'mailboxIds' | 'receivedAt'>

/** What becomes of a message's keywords and mailboxes; the same objects where nothing does. */
function stateOf(message: Judged, { steps }: Pending): Pick<Judged, 'keywords' | 'mailboxIds'> {
  let { keywords, mailboxIds } = message
  for (const step of steps) {
    if (isMatchStep(step)) {
      const { of } = step
      if (step.isLeftOut(message) || !isMeant(of, { ...message, keywords, mailboxIds })) continue
      if (of.type === 'setKeywordOnAll') keywords = withKeyword(keywords, of.keyword, of.value)
      else ({ keywords, mailboxIds } = withMoved({ keywords, mailboxIds }, of))
      continue
    }
    const change = step.get(message.id)
    if (!change) continue
    for (const [keyword, value] of change.keywords) keywords = withKeyword(keywords, keyword, value)
    mailboxIds = withMailboxes(mailboxIds, change.mailboxIds)
  }
  return { keywords, mailboxIds }
}

function isMatchStep(step: Pending['steps'][number]): step is MatchStep {
  return 'of' in step
}

function isMeant({ match: { before, here } }: MatchMutation, message: Judged): boolean {
  if (!here || Date.parse(message.receivedAt) >= Date.parse(before)) return false
  const { mailboxIds, isOutside, has, hasNot } = here
  const isHere = (Object.keys(message.mailboxIds) as MailboxId[]).some((id) => mailboxIds.includes(id) !== isOutside)
  const hasKeyword = (keyword: string): boolean => Object.hasOwn(message.keywords, keyword)
  return isHere && has.every(hasKeyword) && !hasNot.some(hasKeyword)
}

/** Undefined: it is as good as gone. */
export function effectiveEmail(email: Email, pending: Pending): Email | undefined {
  if (pending.get(email.id)?.isDestroyed) return undefined
  const { keywords, mailboxIds } = stateOf(email, pending)
  return keywords === email.keywords && mailboxIds === email.mailboxIds ? email : { ...email, keywords, mailboxIds }
}

/** A thread without what is as good as gone. */
export function effectiveThread(
  thread: Thread | undefined,
  emails: readonly Email[],
  pending: Pending,
): { readonly thread: Thread | undefined; readonly emails: readonly Email[] } {
  return {
    thread: thread && { ...thread, emailIds: thread.emailIds.filter((id) => !pending.get(id)?.isDestroyed) },
    emails: emails.flatMap((email) => effectiveEmail(email, pending) ?? []),
  }
}

/**
 * The row with the keywords to come. Where a message that is named leaves its mailbox, the row is made anew
 * (`replica/list-overlay.ts`); of what is moved with all that match its messages say where they are.
 */
export function effectiveRow(row: ThreadRow, pending: Pending): ThreadRow {
  if (pending.steps.length === 1 && !row.messages.some((message) => pending.has(message.id))) return row
  const messages = row.messages.map((message) => {
    const { keywords, mailboxIds } = stateOf(message, pending)
    const places = pending.get(message.id)?.mailboxIds.size ? message.mailboxIds : mailboxIds
    if (keywords === message.keywords && places === message.mailboxIds) return message
    return { ...message, keywords, mailboxIds: places }
  })
  return messages.every((message, at) => message === row.messages[at]) ? row : { ...row, messages }
}
