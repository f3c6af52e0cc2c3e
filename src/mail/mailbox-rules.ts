/** What RFC 8621 lets a reader do to mailboxes: by rights, names, limits. Pure. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { isLocalId } from './list.ts'
import { hasShownRole } from './mailboxes.ts'

/** The account's mail capability as the server says it (RFC 8621 §1.3.1). */
type MailCapability = Readonly<Record<string, unknown>> | undefined

/** Why a mailbox cannot be called so there; undefined: it can. */
export type NameProblem = 'empty' | 'control' | 'tooLong' | 'taken'

/** As it is sent: Net-Unicode (RFC 5198) is composed, and a name has no white space around it. */
export function cleanName(typed: string): string {
  return typed.normalize('NFC').trim()
}

/** `own`: the mailbox that is renamed. */
export function nameProblem(
  name: string,
  {
    mailboxes,
    parentId,
    own,
    mail,
  }: {
    readonly mailboxes: readonly Mailbox[]
    readonly parentId: MailboxId | null
    readonly own?: MailboxId | undefined
    readonly mail: MailCapability
  },
): NameProblem | undefined {
  if (name === '') return 'empty'
  if (/\p{Cc}/u.test(name)) return 'control'
  const most = mail?.['maxSizeMailboxName']
  if (typeof most === 'number' && new TextEncoder().encode(name).length > most) return 'tooLong'
  const isTaken = mailboxes.some(
    (other) => other.id !== own && other.parentId === parentId && other.name.normalize('NFC') === name,
  )
  return isTaken ? 'taken' : undefined
}

export function mayCreateAtTop(mail: MailCapability): boolean {
  return mail?.['mayCreateTopLevelMailbox'] !== false
}

/** `height`: how many levels go in there. */
export function mayHold(parent: Mailbox, mailboxes: readonly Mailbox[], mail: MailCapability, height = 1): boolean {
  const most = mail?.['maxMailboxDepth']
  const isTooDeep = typeof most === 'number' && depthOf(parent, mailboxes) + height > most
  return parent.myRights.mayCreateChild && !isPretended(parent) && !isTooDeep
}

/** Those with a role keep their name and their place on the screen, whatever the server calls them. */
export function mayRename(mailbox: Mailbox): boolean {
  return mailbox.myRights.mayRename && !hasShownRole(mailbox)
}

export function mayDelete(mailbox: Mailbox): boolean {
  return mailbox.myRights.mayDelete && !hasShownRole(mailbox)
}

/** What lies in it at any depth, itself last: the order in which all of it can be deleted. */
export function withInner(mailbox: Mailbox, mailboxes: readonly Mailbox[]): readonly Mailbox[] {
  const inner = (id: MailboxId, above: readonly MailboxId[]): readonly Mailbox[] =>
    mailboxes
      .filter((each) => each.parentId === id && !above.includes(each.id))
      .flatMap((each) => [...inner(each.id, [...above, each.id]), each])
  return [...inner(mailbox.id, [mailbox.id]), mailbox]
}

/** How many levels it and what lies in it take. */
export function heightOf(mailbox: Mailbox, mailboxes: readonly Mailbox[]): number {
  const all = withInner(mailbox, mailboxes)
  return Math.max(...all.map((each) => depthOf(each, all)))
}

function depthOf(mailbox: Mailbox, mailboxes: readonly Mailbox[]): number {
  let depth = 1
  let above = mailboxes.find(({ id }) => id === mailbox.parentId)
  for (; above && depth <= mailboxes.length; depth += 1) {
    const { parentId } = above
    above = mailboxes.find(({ id }) => id === parentId)
  }
  return depth
}

/** What is flagged stands among the mailboxes and is none; an archive may be one that is still to be made for its role. */
function isPretended({ id, role }: Mailbox): boolean {
  return isLocalId(id) && role !== null
}
