/** The one request of a delta sync: /changes of each type with its gets by result reference (B6.3). */
import { LIST_PROPERTIES } from '../mail/email-properties.ts'
import type { Invocation, State } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'

export type PulledType = 'Mailbox' | 'Email' | 'Thread'
export const PULLED_TYPES: readonly PulledType[] = ['Mailbox', 'Email', 'Thread']

/** What may change of an Email (RFC 8621 §4), and what says whether an unknown one belongs here (L3). */
export const MUTABLE_PROPERTIES = ['id', 'threadId', 'mailboxIds', 'keywords', 'receivedAt', 'blobId'] as const

const GET_ARGS: Record<PulledType, { created: Record<string, unknown>; updated: Record<string, unknown> }> = {
  Mailbox: { created: {}, updated: {} },
  Email: { created: { properties: LIST_PROPERTIES }, updated: { properties: MUTABLE_PROPERTIES } },
  Thread: { created: {}, updated: {} },
}

export function changesId(type: PulledType): string {
  return `${type}.c`
}

export function getId(type: PulledType, which: 'created' | 'updated'): string {
  return `${type}.${which}`
}

/** /changes without gets: for the pages after `hasMoreChanges`. */
export function changesCall(ctx: AccountContext, type: PulledType, since: State, maxChanges: number): Invocation {
  return ctx.call(`${type}/changes`, { sinceState: since, maxChanges }, changesId(type))
}

/** Of changes that come without their objects. */
export const BULK_PAGE = 5_000

/**
 * /changes, then the created and the updated objects it names. `isBulk`: more than a get takes are to come, so that only
 * the mailboxes are named and got at once.
 */
export function deltaCalls(
  ctx: AccountContext,
  since: Readonly<Record<PulledType, State | undefined>>,
  isBulk = false,
): Invocation[] {
  return PULLED_TYPES.flatMap((type) => {
    const token = since[type]
    if (token === undefined) return []
    if (isBulk && type !== 'Mailbox') return [changesCall(ctx, type, token, BULK_PAGE)]
    const get = (which: 'created' | 'updated', extra: Record<string, unknown> = {}): Invocation =>
      ctx.call(
        `${type}/get`,
        {
          '#ids': { resultOf: changesId(type), name: `${type}/changes`, path: `/${which}` },
          ...GET_ARGS[type][which],
          ...extra,
        },
        getId(type, which),
      )
    // RFC 8621 §2.2: when only counts changed, the server names them; null asks for all properties.
    const counts = { '#properties': { resultOf: changesId(type), name: 'Mailbox/changes', path: '/updatedProperties' } }
    return [
      changesCall(ctx, type, token, ctx.batchSize),
      get('created'),
      get('updated', type === 'Mailbox' ? counts : {}),
    ]
  })
}
