/** One row of the outbox in words: what it does, and why it is still here. */
import { outbox as t } from '../../../i18n/en/outbox.ts'
import { mailboxName } from '../../../i18n/mailbox-name.ts'
import { FLAGGED, FOUND } from '../../../mail/list.ts'
import { MUTED } from '../../../mail/muted.ts'
import { isUntil } from '../../../mail/snoozed.ts'
import type { Mailbox, MailboxId } from '../../../jmap/types.ts'
import type { MailboxChange, Mutation, OutboxRow } from '../../../mutations/mutation.ts'
import type { AccountStatus } from '../../../sync/engine-port.ts'

/** A keyword by what setting it, or removing it, means to a reader. A label's own name may be private and long. */
const KEYWORDS: Readonly<
  Record<string, readonly [set: (count: number) => string, removed: (count: number) => string]>
> = {
  $seen: [t.does.read, t.does.unread],
  $flagged: [t.does.flag, t.does.unflag],
  $junk: [t.does.junk, t.does.notJunk],
  $notjunk: [t.does.notJunk, t.does.junk],
  [MUTED]: [t.does.mute, t.does.unmute],
}

function wordsOf(keyword: string): (typeof KEYWORDS)[string] {
  if (isUntil(keyword)) return [t.does.sleep, t.does.wake]
  return (Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined) ?? [t.does.label, t.does.unlabel]
}

/** `mailboxes`: of the account whose row it is. */
export function whatItDoes(mutation: Mutation, mailboxes: readonly Mailbox[]): string {
  if (!isKnown(mutation)) return t.does.unknown
  return KINDS[mutation.type as string]?.(mutation as unknown as Args, mailboxes) ?? t.does.unknown
}

function isKnown({ type }: Mutation): boolean {
  return Object.hasOwn(KINDS, type)
}

/** What a row of any type may carry. */
interface Args {
  readonly emailIds: readonly unknown[]
  readonly keyword: string
  readonly value: boolean
  readonly mailboxIds: Readonly<Record<MailboxId, boolean>>
  readonly make?: Mailbox
  readonly mailboxId: MailboxId
  readonly mailbox: Mailbox
  readonly name: string
  readonly patch: MailboxChange
  readonly moveTo?: MailboxId
  readonly made?: Mailbox
  readonly onDestroyRemoveEmails: boolean
  readonly match: { readonly mailboxId: MailboxId; readonly except?: { readonly emailIds: readonly unknown[] } }
  readonly to: MailboxId
  readonly leaves: unknown
  readonly isOnlyLeft?: true
  readonly hour?: string
  readonly done: number
  readonly total: number
}

const ON_ALL: Readonly<
  Record<string, readonly [set: (mailbox: string) => string, removed: (mailbox: string) => string]>
> = {
  $seen: [t.does.allRead, t.does.allUnread],
  $flagged: [t.does.allFlag, t.does.allUnflag],
  [MUTED]: [t.does.allMute, t.does.allUnmute],
}

/** How far it is, once it has begun. */
/** Without what is left out of all. */
function but(what: string, { except }: Args['match']): string {
  return except ? t.does.but(what, except.emailIds.length) : what
}

function soFar(what: string, done: number, total: number): string {
  return total > 0 ? t.does.so(what, done, total) : what
}

const KINDS: Readonly<Record<string, ((args: Args, mailboxes: readonly Mailbox[]) => string) | undefined>> = {
  setSettings: () => t.does.settings,
  setKeyword: ({ emailIds, keyword, value }) => {
    const [set, removed] = wordsOf(keyword)
    return (value ? set : removed)(emailIds.length)
  },
  setMailboxes: ({ emailIds, mailboxIds, make }, mailboxes) => {
    const known = make ? [...mailboxes, make] : mailboxes
    const names = (isIn: boolean): readonly string[] =>
      Object.entries(mailboxIds)
        .filter(([, value]) => value === isIn)
        .map(([id]) => nameOf(id, known))
    const [to, from] = [names(true), names(false)]
    if (to.length === 0) return t.does.takeOut(emailIds.length, from)
    return (from.length > 0 ? t.does.move : t.does.copy)(emailIds.length, to)
  },
  emptyMailbox: ({ mailboxId, done, total }, mailboxes) =>
    soFar(t.does.empty(nameOf(mailboxId, mailboxes)), done, total),
  setKeywordOnAll: ({ match, keyword, value, done, total }, mailboxes) => {
    const [set, removed] = (Object.hasOwn(ON_ALL, keyword) ? ON_ALL[keyword] : undefined) ?? [
      t.does.allLabel,
      t.does.allUnlabel,
    ]
    const place = nameOf(match.mailboxId, mailboxes)
    return soFar(but((value ? set : removed)(place), match), done, total)
  },
  setMailboxesOnAll: ({ match, to, leaves, isOnlyLeft, hour, make, done, total }, mailboxes) => {
    const place = nameOf(match.mailboxId, mailboxes)
    const target = nameOf(to, make ? [...mailboxes, make] : mailboxes)
    const does =
      leaves === 'none' ? t.does.allCopy : isOnlyLeft ? t.does.allMute : hour ? t.does.allSnooze : t.does.allMove
    return soFar(but(does(place, target), match), done, total)
  },
  destroyEmails: ({ emailIds }) => t.does.destroy(emailIds.length),
  createMailbox: ({ mailbox }) => t.does.createMailbox(mailbox.name),
  setMailbox: ({ name, patch, made }, mailboxes) => {
    if (made) return t.does.createMailbox(made.name)
    if (patch.name !== undefined) return t.does.renameMailbox(name, patch.name)
    if (patch.parentId === null) return t.does.mailboxToTop(name)
    if (patch.parentId !== undefined) return t.does.moveMailbox(name, nameOf(patch.parentId, mailboxes))
    if (patch.isSubscribed !== undefined) return (patch.isSubscribed ? t.does.showMailbox : t.does.hideMailbox)(name)
    return t.does.orderMailbox(name)
  },
  destroyMailbox: ({ name, moveTo, onDestroyRemoveEmails }, mailboxes) => {
    if (moveTo !== undefined) return t.does.emptyMailbox(name, nameOf(moveTo, mailboxes))
    return (onDestroyRemoveEmails ? t.does.destroyMailboxAndMail : t.does.destroyMailbox)(name)
  },
}

function nameOf(id: string, mailboxes: readonly Mailbox[]): string {
  if (id === FOUND) return t.found
  if (id === FLAGGED) return t.flagged
  const mailbox = mailboxes.find((one) => one.id === id)
  return mailbox ? mailboxName(mailbox) : t.elsewhere
}

/** A sentence for a row that was refused, a clause for one that waits. */
export function whyItIsHere(row: OutboxRow, status: AccountStatus): string {
  switch (row.status) {
    case 'failed':
      return whyRefused(row.lastError)
    case 'sending':
      return t.waits.sending
    case 'sent':
      return t.waits.sent
    case 'queued':
      if (!isKnown(row.mutation)) return t.waits.newer
      return whyWaiting(row, status)
  }
}

function whyWaiting({ attempts }: OutboxRow, { phase, problem }: AccountStatus): string {
  if (phase === 'offline') return t.waits.offline
  switch (problem?.kind) {
    case 'busy':
    case 'protocol':
    case 'unauthorized':
    case 'forbidden':
      return t.waits[problem.kind]
    case 'server':
    case 'noMail':
      return t.waits.server
    default:
      return attempts > 0 ? t.waits.again : t.waits.turn
  }
}

/** A type of RFC 8620 §3.6.2, §5.3 or RFC 8621 §2.5, §4.6; of any other nothing is repeated, since it is the server's text. */
export function whyRefused(type: string | undefined): string {
  switch (type) {
    case 'forbidden':
    case 'accountReadOnly':
    case 'overQuota':
    case 'tooLarge':
    case 'tooManyKeywords':
    case 'tooManyMailboxes':
    case 'serverFail':
    case 'unknownMethod':
    case 'notFound':
    case 'mailboxHasChild':
    case 'mailboxHasEmail':
    case 'alreadyExists':
      return t.refused[type]
    case 'invalidPatch':
    case 'invalidProperties':
    case 'invalidArguments':
    case 'invalidEmail':
      return t.refused.invalid
    default:
      return t.refused.other
  }
}

/** All that were refused together, in one message that says what and why. */
export function refusedWords(rows: readonly OutboxRow[], mailboxes: readonly Mailbox[]): string {
  const [first] = rows
  const reasons = new Set(rows.map((row) => whyRefused(row.lastError)))
  const why = reasons.size === 1 ? whyRefused(first?.lastError) : t.refused.several
  return rows.length === 1 && first
    ? t.notice.one(whatItDoes(first.mutation, mailboxes), why)
    : t.notice.many(rows.length, why)
}
