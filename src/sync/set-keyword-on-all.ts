/** Sets or removes a keyword on all that match and have it otherwise: what was changed once is not found again. */
import type { JmapResponse } from '../jmap/client.ts'
import type { BlobId, EmailId } from '../jmap/types.ts'
import type { SetKeywordOnAll } from '../mutations/mutation.ts'
import type { Keywords } from '../mutations/set-keyword.ts'
import { noteChanged, type ChangedEmail } from '../replica/changed-notes.ts'
import type { AccountContext } from './account-context.ts'
import type { OnAll } from './act-on-all.ts'
import { patchOf } from './fold-outbox.ts'
import { MatchPages, type Page } from './match-pages.ts'
import { idsIn, numberIn } from './read-results.ts'

/** Calls of Email/set in one request. */
const CALLS = 2

export function setKeywordOnAll(ctx: AccountContext, mutation: SetKeywordOnAll): OnAll {
  const { match, keyword, value, key } = mutation
  const limit = CALLS * Math.max(1, ctx.deps.client.session.limits.maxObjectsInSet)
  const otherwise = value ? { notKeyword: keyword } : { hasKeyword: keyword }
  const filter = { operator: 'AND', conditions: [match.filter, { before: match.before }, otherwise] }
  const patch = patchOf({ type: 'setKeyword', emailIds: [], blobIds: [], keyword, value })
  // What is left out goes on being found; nothing but that asks for more than ids.
  const isPaged = match.except !== undefined || match.isByThread
  const pages = isPaged && new MatchPages(ctx, { match, filter, properties: ['keywords'], parse: stateIn })
  return {
    look: () => (pages ? pages.look() : [ctx.call('Email/query', { filter, limit, calculateTotal: true }, 'left')]),
    next: (response) => {
      const page = pages ? pages.read(response) : readIds(response)
      if (!page) return undefined
      // Of a conversation some may be so already.
      const changed = page.meant.filter(({ keywords }) => !keywords || Object.hasOwn(keywords, keyword) !== value)
      const update = Object.fromEntries(changed.map(({ id }) => [id, patch]))
      const { total, isPassed } = page
      const isStale = changed.length < page.meant.length
      return { update, destroy: [], isPassed, isStale, ...(total !== undefined && { total }) }
    },
    note: async (tx, { update }) => {
      const ids = Object.keys(update) as EmailId[]
      const known = await tx.emails(ids)
      // The blob finds it again if a merge gives it another id (B6.5a); of one that is not here nobody knows it.
      const emails = ids.map((id, at): ChangedEmail => [id, known[at]?.blobId ?? ('' as ChangedEmail[1])])
      const size = ctx.setSize
      for (let at = 0; at < emails.length; at += size)
        await noteChanged(tx.kept, key, { emails: emails.slice(at, at + size) }, ctx.deps.clock.now())
    },
  }
}

function readIds(response: JmapResponse): Page<{ readonly id: EmailId; readonly keywords?: undefined }> | undefined {
  const query = response.result('left')
  if (!query.ok) return undefined
  const total = numberIn(query.args, 'total')
  const meant = idsIn<EmailId>(query.args, 'ids').map((id) => ({ id }))
  return { meant, isPassed: false, ...(total !== undefined && { total }) }
}

interface State {
  readonly id: EmailId
  readonly blobId: BlobId
  readonly keywords: Keywords
}

function stateIn({ id, blobId, keywords }: Readonly<Record<string, unknown>>): State {
  return { id: id as EmailId, blobId: blobId as BlobId, keywords: (keywords ?? {}) as Keywords }
}
