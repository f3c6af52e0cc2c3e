/** Foo/changes (RFC 8620 §5.2) for every type with a log. */
import type { Access } from '../access.ts'
import { MethodError } from '../errors.ts'
import type { Changes, ChangeType } from '../store/change-log.ts'
import type { MailAccount } from '../store/mail-account.ts'
import { requiredString, unsignedInteger } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf } from './context.ts'
import type { MethodContext } from './context.ts'

const COUNTS = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads']

export function changes(type: ChangeType): (context: MethodContext, args: Args) => Record<string, unknown> {
  return (context, args) => {
    const access = accessOf(context, args)
    const { account } = access
    const sinceState = requiredString(args, 'sinceState')
    const maxChanges = unsignedInteger(args, 'maxChanges')
    if (maxChanges === 0) throw new MethodError('invalidArguments', '"maxChanges" must be greater than 0.')
    const since = decodeState(account, sinceState)
    const most = Math.min(maxChanges ?? Infinity, context.limits.changesMaxResults)
    const found = account.log.changes(type, since, most)
    if (!found) throw cannotCalculate()
    const seen = visible(type, access, found)
    const { newState } = found
    const isStalwartThread = type === 'Thread' && context.personality.mergesThreads
    return {
      accountId: account.id,
      oldState: sinceState,
      // An unchanged state is given back as it came: states are compared for equality.
      newState:
        newState === since ? sinceState : account.personality.encodeState(newState, account.log.isCommitEnd(newState)),
      hasMoreChanges: found.hasMoreChanges,
      created: seen.created,
      updated: isStalwartThread ? [...found.updatedThenDestroyed, ...seen.updated] : seen.updated,
      destroyed: seen.destroyed,
      ...(type === 'Mailbox' && {
        updatedProperties: found.countsOnly && found.updated.length > 0 ? COUNTS : null,
      }),
    }
  }
}

function decodeState(account: MailAccount, text: string): number {
  const since = account.personality.decodeState(text)
  if (since !== null) return since
  if (account.personality.name === 'plain') throw cannotCalculate()
  throw new MethodError('invalidArguments', 'invalid JMAP State')
}

export function cannotCalculate(): MethodError {
  return new MethodError(
    'cannotCalculateChanges',
    'The server cannot calculate the changes between the old and new states.',
  )
}

/** What left the sight of a login that sees only some mailboxes is destroyed for it. */
function visible(type: ChangeType, access: Access, found: Changes): Pick<Changes, 'created' | 'updated' | 'destroyed'> {
  if (access.isOwner) return found
  const sees = (id: string): boolean => {
    if (type === 'Email') return access.email(id) !== undefined
    if (type === 'Thread') return access.account.threads.get(id)?.emails.some((email) => access.sees(email)) ?? false
    if (type === 'Mailbox') return access.mailboxes().some((mailbox) => mailbox.id === id)
    return false
  }
  return {
    created: found.created.filter(sees),
    updated: found.updated.filter(sees),
    destroyed: [...found.destroyed, ...found.updated.filter((id) => !sees(id))],
  }
}
