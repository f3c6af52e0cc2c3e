/** What the local copy knows of a sender: whether this is the first letter, and whom the reader writes to. */
import type { Email, MailboxId } from '../jmap/types.ts'
import type { OpenAccount } from './open-account.ts'

export interface SenderHistory {
  /** Nothing else of this address is known. `since`: as far back as all mail is here, null for all of it. */
  readonly first: { readonly since: string | null } | null
  /** Domains of the addresses that the reader wrote to lately. */
  readonly known: readonly string[]
}

/** Conversations of Sent that are looked at: whom one writes to now, not in all years. */
const SENT_ROWS = 300
/** Of an address so much in use it is no question that it is known. */
const MOST_HITS = 20

export async function senderHistory(account: OpenAccount, email: Email): Promise<SenderHistory> {
  const mailboxes = await account.replica.mailboxes()
  const sent = mailboxes.find(({ role }) => role === 'sent')
  const rows = sent ? (await account.replica.listWindow({ mailboxId: sent.id }, 0, SENT_ROWS)).rows : []
  const known = rows.flatMap(({ to }) => to.map((address) => domainOf(address.email)))
  const places = mailboxes.filter(({ role }) => role !== 'junk' && role !== 'trash').map(({ id }) => id)
  const isFirst = await isFirstLetter(account, email)
  const since = isFirst ? await coverage(account, places) : undefined
  return { first: since === undefined ? null : { since }, known: [...new Set(known)].filter((domain) => domain !== '') }
}

async function isFirstLetter({ port, replica }: OpenAccount, email: Email): Promise<boolean> {
  const address = email.from?.[0]?.email.toLowerCase() ?? ''
  if (!address.includes('@') || /["\s]/.test(address)) return false
  const query = { text: `"${address}"` }
  const [detail, { hits }] = await Promise.all([
    replica.thread(email.threadId),
    port.fetchHits({ query, from: 'here', position: 0, limit: MOST_HITS }),
  ])
  const others = await replica.emails(hits.map(({ emailId }) => emailId))
  return ![...(detail?.emails ?? []), ...others].some((other) => other && other.id !== email.id && has(other, address))
}

/** They wrote, or were written to. */
function has({ from, to, cc }: Email, address: string): boolean {
  return [from, to, cc].some((list) => list?.some((one) => one.email.toLowerCase() === address))
}

/** Since when all mail is here; null for ever, undefined where that cannot be said. */
async function coverage({ replica }: OpenAccount, places: readonly MailboxId[]): Promise<string | null | undefined> {
  const windows = await Promise.all(places.map((mailboxId) => replica.listWindow({ mailboxId }, 0, 0)))
  let since: string | null = null
  for (const { after } of windows) {
    if (after === undefined) return undefined
    if (after !== null && (since === null || after > since)) since = after
  }
  return since
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
