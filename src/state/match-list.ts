/** All that a list shows, as an intent names it: for the server, and for the messages of rows here. */
import type { Mailbox } from '../jmap/types.ts'
import { FLAGGED, isPassedOver, type ListQuery } from '../mail/list.ts'
import { parseNarrowing, toFilter } from '../mail/narrowing.ts'
import type { Matching } from '../mutations/mutation.ts'

export function matchList(query: ListQuery, mailboxes: readonly Mailbox[], now: number): Matching {
  const { mailboxId } = query
  const { filters, to } = parseNarrowing(query.narrow)
  const isOutside = mailboxId === FLAGGED
  const passedOver = isOutside ? mailboxes.filter(({ role }) => isPassedOver(role)).map(({ id }) => id) : []
  // What rows do not know of their messages.
  const isTold = !to && !filters.includes('attachment')
  return {
    mailboxId,
    filter: toFilter(query, passedOver),
    before: new Date(now).toISOString(),
    ...(isTold && {
      here: {
        mailboxIds: isOutside ? passedOver : [mailboxId],
        isOutside,
        has: isOutside || filters.includes('flagged') ? ['$flagged'] : [],
        hasNot: filters.includes('unread') ? ['$seen'] : [],
      },
    }),
  }
}
