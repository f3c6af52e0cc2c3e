/**
 * Moves all that match: what was moved is found no more, and what is copied is looked for outside of where it goes. Where
 * each of them stood is asked with it, so that it is put back there.
 */
import type { BlobId, EmailId } from '../jmap/types.ts'
import { isLocalId } from '../mail/list.ts'
import type { SetMailboxesOnAll } from '../mutations/mutation.ts'
import { changeOf, type StateChange } from '../mutations/set-mailboxes.ts'
import { noteChanged, type ChangedEmail } from '../replica/changed-notes.ts'
import type { AccountContext } from './account-context.ts'
import type { Chunk, OnAll } from './act-on-all.ts'
import { escapePointer } from './fold-outbox.ts'
import { MatchPages } from './match-pages.ts'

type Patch = Record<string, true | null>

export function setMailboxesOnAll(ctx: AccountContext, mutation: SetMailboxesOnAll): OnAll {
  const { match, leaves, key } = mutation
  const filter = { operator: 'AND', conditions: [match.filter, { before: match.before }, ...stillToDo(mutation)] }
  const pages = new MatchPages(ctx, { match, filter, properties: ['mailboxIds', 'keywords'], parse: stateIn })
  /** What is meant stands there. */
  const isOfList = leaves !== 'none' && !match.isByThread && !isLocalId(match.mailboxId)
  /** What the last chunk really changes, alike ones together. */
  let groups = new Map<string, { back: StateChange; emails: ChangedEmail[] }>()
  return {
    look: () => pages.look(),
    next: (response): Chunk | undefined => {
      groups = new Map()
      const page = pages.read(response)
      if (!page) return undefined
      const update: Record<EmailId, Patch> = {}
      let isStale = false
      for (const email of page.meant) {
        const change = changeOf(mutation, email)
        // A server's index may name what has left meanwhile.
        const hasLeft = isOfList && !Object.hasOwn(email.mailboxIds, match.mailboxId)
        if (hasLeft || change.mailboxIds.length + change.keywords.length === 0) {
          isStale = true
          continue
        }
        update[email.id] = patchOf(change)
        const back = reversed(change)
        const name = JSON.stringify(back)
        const group = groups.get(name) ?? { back, emails: [] }
        group.emails.push([email.id, email.blobId])
        groups.set(name, group)
      }
      const { total, isPassed } = page
      return { update, destroy: [], isStale, isPassed, ...(total !== undefined && { total }) }
    },
    note: async (tx) => {
      const size = ctx.setSize
      for (const { back, emails } of groups.values())
        for (let at = 0; at < emails.length; at += size)
          await noteChanged(tx.kept, key, { emails: emails.slice(at, at + size), back }, ctx.deps.clock.now())
    },
  }
}

/**
 * Of all that match, what is found no more once it is done. What leaves the list's mailbox needs none, since that is in
 * the filter of the list.
 */
function stillToDo({ match, to, leaves, hour, isOnlyLeft, keywords }: SetMailboxesOnAll): readonly unknown[] {
  const outside = { operator: 'NOT', conditions: [{ inMailbox: to }] }
  const any = (...conditions: unknown[]): unknown[] => [{ operator: 'OR', conditions }]
  const left = typeof leaves === 'object' ? leaves.map((inMailbox) => ({ inMailbox })) : []
  if (isOnlyLeft) return any(...left, ...Object.keys(keywords).map((notKeyword) => ({ notKeyword })))
  if (hour) return any({ notKeyword: hour }, outside)
  if (leaves === 'none') return [outside]
  if (!isLocalId(match.mailboxId)) return []
  return leaves === 'all' ? [{ inMailboxOtherThan: [to] }] : any(...left, outside)
}

type State = Parameters<typeof changeOf>[1]

function stateIn({
  id,
  blobId,
  keywords,
  mailboxIds,
}: Record<string, unknown>): State & { id: EmailId; blobId: BlobId } {
  return {
    id: id as EmailId,
    blobId: blobId as BlobId,
    keywords: (keywords ?? {}) as State['keywords'],
    mailboxIds: (mailboxIds ?? {}) as State['mailboxIds'],
  }
}

function patchOf({ keywords, mailboxIds }: StateChange): Patch {
  return Object.fromEntries([
    ...mailboxIds.map(([id, isIn]) => [`mailboxIds/${escapePointer(id)}`, isIn ? true : null] as const),
    ...keywords.map(([name, value]) => [`keywords/${escapePointer(name)}`, value ? true : null] as const),
  ])
}

function reversed({ keywords, mailboxIds }: StateChange): StateChange {
  return {
    keywords: keywords.map(([name, value]) => [name, !value] as const),
    mailboxIds: mailboxIds.map(([id, isIn]) => [id, !isIn] as const),
  }
}
