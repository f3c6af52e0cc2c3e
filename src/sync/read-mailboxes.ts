/** The mailboxes of an account as the first request brings them: how more of them are asked is code of its own. */
import { toMailbox } from '../mail/email-properties.ts'
import type { JmapResponse } from '../jmap/client.ts'
import type { Mailbox, State } from '../jmap/types.ts'
import { argsOf, demandState, parsedIn } from './read-results.ts'

export interface AllMailboxes {
  readonly state: State
  readonly mailboxes: readonly Mailbox[]
}

/** The answer of a `Mailbox/get` of all, with call id `m`. */
export function readAllMailboxes(response: JmapResponse): AllMailboxes {
  const answer = argsOf(response, 'm')
  return { state: demandState(answer, 'Mailbox/get'), mailboxes: parsedIn(answer, toMailbox) }
}
