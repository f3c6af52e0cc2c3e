/**
 * Where the reader is. One level is one history entry: mailbox, conversation, message. No path begins with a segment
 * that Stalwart keeps for itself (`/jmap`, `/login`, `/account`, `/mail` …): mail is under `/in/`, the rest `/settings`.
 */
import { basePath } from '../platform/base-path.ts'
import type { EmailId, MailboxId, ThreadId } from '../jmap/types.ts'

export type Route =
  | { readonly view: 'start' }
  | {
      readonly view: 'mailbox'
      readonly account: string
      readonly mailboxId: MailboxId | null
      readonly threadId: ThreadId | null
      readonly emailId: EmailId | null
      /** What is searched for, in the mailbox's place; empty: the field stands open. */
      readonly search?: string | undefined
      /** What the list leaves out and how it is ordered, as `mail/narrowing.ts` reads it. Not together with a search. */
      readonly narrow?: string | undefined
    }
  /** A page of settings, as its own chunk names it; empty: on a phone the list of them, elsewhere the first. */
  | { readonly view: 'settings'; readonly page: string }
  | { readonly view: 'notFound' }

/**
 * `/in/ACCOUNT/MAILBOX/THREAD/EMAIL`, each percent-encoded; ACCOUNT is `AccountInfo.key`. A search adds `?q=`: no
 * segment that could be a mailbox's id. The mailbox is the one that it is left to.
 * A list that leaves something out has a query of its own.
 */
export function toPath(route: Route): string {
  if (route.view === 'settings') return `${basePath}/settings/${route.page}`
  if (route.view !== 'mailbox') return `${basePath}/`
  const parts = [route.account, route.mailboxId, route.threadId, route.emailId]
  const end = parts.indexOf(null)
  const path = (end < 0 ? parts : parts.slice(0, end)).map((part) => encodeURIComponent(part ?? '')).join('/')
  const query = route.search === undefined ? route.narrow : `q=${encodeURIComponent(route.search)}`
  return `${basePath}/in/${path}${query ? `?${query}` : ''}`
}

/** The path, with its query. */
export function fromPath(url: string): Route {
  const [path = '', query] = url.slice(basePath.length).split('?')
  if (path === '/' || path === '/index.html') return { view: 'start' }
  const [first, account, mailboxId, threadId, emailId, ...rest] = path.split('/').slice(1).map(decodeSegment)
  if (first === 'settings') return { view: 'settings', page: path.slice('/settings/'.length) }
  if (first !== 'in' || !account || rest.length > 0) return { view: 'notFound' }
  const search = new URLSearchParams(query).get('q') ?? undefined
  return {
    view: 'mailbox',
    account,
    mailboxId: (mailboxId || null) as MailboxId | null,
    threadId: (threadId || null) as ThreadId | null,
    emailId: (emailId || null) as EmailId | null,
    search,
    narrow: search === undefined ? query : undefined,
  }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
