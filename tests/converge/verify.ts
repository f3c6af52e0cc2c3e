/** After the quiet: what the replica claims must be what the server has. Order may differ among equal dates only. */
import type { PersonalityName } from '../../demo/server/options.ts'
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { Email, EmailId, MailboxId } from '../../src/jmap/types.ts'
import type { ThreadRow } from '../../src/mail/list.ts'
import type { Replica } from '../../src/replica/replica.ts'
import type { AccountEngine } from '../../src/sync/engine.ts'
import type { Dice } from './dice.ts'

/** What is compared: an account at the server, and what engines made of it here. */
export interface Copied {
  readonly account: MailAccount
  readonly replica: Replica
  readonly engine: Pick<AccountEngine, 'status' | 'fetchWindow'>
  readonly clock: { advance(ms: number): Promise<void> }
  readonly like: PersonalityName
  knownIds(): Promise<readonly EmailId[]>
}

/** What the run expects beyond the server's own state. */
export interface Expected {
  /** The user's last word on `$flagged`, by blob. */
  readonly flagged: ReadonlyMap<string, boolean>
  /** Blobs whose body was here. */
  readonly bodies: ReadonlySet<string>
}

/** The first thing that is wrong, or undefined. */
export async function verify(bench: Copied, dice: Dice, expected: Expected): Promise<string | undefined> {
  return (
    checkStatus(bench) ??
    (await checkOutbox(bench, expected.flagged)) ??
    (await checkBodies(bench, expected.bodies)) ??
    (await verifyCopy(bench, dice))
  )
}

/** The first thing that differs between the rows here and the server's. */
export async function verifyCopy(bench: Copied, dice: Dice): Promise<string | undefined> {
  return (
    (await checkMailboxes(bench)) ??
    (await checkEmails(bench)) ??
    (await checkLists(bench)) ??
    (await checkWindows(bench, dice))
  )
}

function checkStatus({ engine }: Copied): string | undefined {
  return engine.status.phase === 'ready' ? undefined : `the status is ${JSON.stringify(engine.status)}`
}

async function checkOutbox(bench: Copied, wishes: ReadonlyMap<string, boolean>): Promise<string | undefined> {
  const rows = await bench.replica.outbox()
  if (rows.length > 0) return `the outbox still has ${JSON.stringify(rows)}`
  for (const email of bench.account.emails.values()) {
    const wish = wishes.get(email.blobId)
    if (wish !== undefined && email.keywords.has('$flagged') !== wish) return `$flagged of ${email.id} is not ${wish}`
  }
  return undefined
}

/** A message that was merged into another thread keeps its body under its new id (B6.5a). */
async function checkBodies(bench: Copied, bodies: ReadonlySet<string>): Promise<string | undefined> {
  const ids = await bench.knownIds()
  const present = await bench.replica.bodiesPresent(ids)
  const rows = await bench.replica.emails(ids)
  const bare = rows.find((row) => row && bodies.has(row.blobId) && !present.has(row.id))
  return bare ? `the body of ${bare.id} is lost` : undefined
}

async function checkMailboxes(bench: Copied): Promise<string | undefined> {
  const here = new Map<string, unknown>(
    (await bench.replica.mailboxes()).map((mailbox) => [mailbox.id, pickCounts(mailbox)]),
  )
  for (const mailbox of bench.account.mailboxes.values()) {
    const wrong = difference(here.get(mailbox.id), pickCounts(mailbox))
    if (wrong) return `mailbox ${mailbox.id}: ${wrong}`
    here.delete(mailbox.id)
  }
  return here.size === 0 ? undefined : `mailboxes that are gone: ${[...here.keys()].join(' ')}`
}

interface Counted {
  readonly name: string
  readonly parentId: string | null
  readonly isSubscribed: boolean
  readonly totalEmails: number
  readonly unreadEmails: number
  readonly totalThreads: number
  readonly unreadThreads: number
}

function pickCounts(mailbox: Counted): Counted {
  const { name, parentId, isSubscribed, totalEmails, unreadEmails, totalThreads, unreadThreads } = mailbox
  return { name, parentId, isSubscribed, totalEmails, unreadEmails, totalThreads, unreadThreads }
}

type StoredEmail = ReturnType<MailAccount['living']>

const facts = (email: Email | undefined): unknown =>
  email && { threadId: email.threadId, keywords: sorted(email.keywords), mailboxIds: sorted(email.mailboxIds) }

function storedFacts(bench: Copied, email: StoredEmail): unknown {
  const keywords = [...email.keywords].map((keyword) => [keyword, true] as const)
  if (bench.like === 'cyrus' && email.meta.hasAttachment) keywords.push(['$hasattachment', true])
  return {
    threadId: email.thread.id,
    keywords: sorted(Object.fromEntries(keywords)),
    mailboxIds: [...email.mailboxIds].sort(),
  }
}

function sorted(set: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(set).sort()
}

/** Every row is the server's, and every message above the horizon has one. */
async function checkEmails(bench: Copied): Promise<string | undefined> {
  const ids = await bench.knownIds()
  const rows = await bench.replica.emails(ids)
  const known = new Map(ids.map((id, index) => [id as string, rows[index]]))
  for (const [id, row] of known) {
    const email = bench.account.emails.get(id)
    if (!email) return `${id} is gone from the server`
    const wrong = difference(facts(row), storedFacts(bench, email))
    if (wrong) return `email ${id}: ${wrong}`
  }
  for (const email of bench.account.emails.values()) {
    if (known.has(email.id)) continue
    for (const scope of ['*', ...email.mailboxIds] as MailboxId[]) {
      if (email.receivedAt > (await horizonMs(bench, scope)))
        return `${email.id} is above the horizon of ${scope} and missing`
    }
  }
  return undefined
}

async function horizonMs(bench: Copied, scope: MailboxId | '*'): Promise<number> {
  const horizon = await bench.replica.horizon(scope)
  if (!horizon) return Infinity
  return horizon.after === null ? -Infinity : Date.parse(horizon.after)
}

/** A thread's newest message in the mailbox; several when their dates are equal. */
interface Standing {
  readonly threadId: string
  readonly receivedAt: number
  readonly ids: ReadonlySet<string>
  readonly length: number
}

function standings(bench: Copied, mailboxId: string): Standing[] {
  const byThread = new Map<string, StoredEmail[]>()
  for (const email of bench.account.mailboxes.get(mailboxId)?.emails ?? []) {
    byThread.set(email.thread.id, [...(byThread.get(email.thread.id) ?? []), email])
  }
  return [...byThread.entries()]
    .map(([threadId, emails]) => {
      const receivedAt = Math.max(...emails.map((email) => email.receivedAt))
      const ids = new Set(emails.filter((email) => email.receivedAt === receivedAt).map((email) => email.id))
      return { threadId, receivedAt, ids, length: emails[0]!.thread.emails.length }
    })
    .sort((a, b) => b.receivedAt - a.receivedAt)
}

async function checkLists(bench: Copied): Promise<string | undefined> {
  for (const mailbox of bench.account.mailboxes.values()) {
    const mailboxId = mailbox.id as MailboxId
    const horizon = Math.min(await horizonMs(bench, '*'), await horizonMs(bench, mailboxId))
    const expected = standings(bench, mailbox.id).filter((standing) => standing.receivedAt > horizon)
    const window = await bench.replica.listWindow({ mailboxId }, 0, 100_000)
    const wrong = compareRows(window.rows, expected)
    if (wrong) return `list of ${mailbox.id}: ${wrong}`
    if (window.total !== mailbox.totalThreads)
      return `total of ${mailbox.id} is ${String(window.total)}, not ${mailbox.totalThreads}`
    const detail = await wrongThread(bench, window.rows)
    if (detail) return detail
  }
  return undefined
}

function compareRows(rows: readonly ThreadRow[], expected: readonly Standing[]): string | undefined {
  const wrong = compareOrder(
    rows.map((row) => ({ threadId: row.threadId, emailId: row.emailId })),
    expected,
  )
  if (wrong) return wrong
  const lengths = new Map(expected.map((standing) => [standing.threadId, standing.length]))
  const odd = rows.find((row) => row.count !== lengths.get(row.threadId))
  return odd ? `thread ${odd.threadId} counts ${odd.count}, not ${String(lengths.get(odd.threadId))}` : undefined
}

function compareOrder(
  rows: readonly { threadId: string; emailId: string }[],
  expected: readonly Standing[],
): string | undefined {
  const byThread = new Map(expected.map((standing) => [standing.threadId, standing]))
  if (new Set(rows.map((row) => row.threadId)).size !== rows.length) return 'a thread stands there twice'
  if (rows.length !== expected.length) {
    const here = new Set(rows.map((row) => row.threadId))
    const missing = expected.filter(({ threadId }) => !here.has(threadId)).map(({ threadId }) => threadId)
    const extra = rows.filter((row) => !byThread.has(row.threadId)).map((row) => row.threadId)
    return `missing threads [${missing.join(' ')}], extra [${extra.join(' ')}]`
  }
  for (const [index, row] of rows.entries()) {
    const standing = byThread.get(row.threadId)
    if (!standing) return `thread ${row.threadId} does not belong there`
    if (!standing.ids.has(row.emailId))
      return `${row.emailId} stands for ${row.threadId}, not ${[...standing.ids].join('/')}`
    if (standing.receivedAt !== expected[index]!.receivedAt) return `${row.emailId} is at a wrong place (${index})`
  }
  return undefined
}

async function wrongThread(bench: Copied, rows: readonly ThreadRow[]): Promise<string | undefined> {
  for (const { threadId } of rows) {
    const detail = await bench.replica.thread(threadId)
    const ids = bench.account.threads.get(threadId)?.emails.map((email) => email.id)
    const wrong = difference([...(detail?.thread.emailIds ?? [])].sort(), [...(ids ?? [])].sort())
    if (wrong) return `thread ${threadId}: ${wrong}`
  }
  return undefined
}

/** A window asked for now, anywhere in a list, is what the server has there. */
async function checkWindows(bench: Copied, dice: Dice): Promise<string | undefined> {
  for (const mailbox of bench.account.mailboxes.values()) {
    const expected = standings(bench, mailbox.id)
    if (expected.length === 0) continue
    const query = { mailboxId: mailbox.id as MailboxId }
    const asked = bench.engine.fetchWindow({ query, position: dice.below(expected.length), limit: 10 })
    await bench.clock.advance(3_000)
    const window = await asked
    const rows = window.emailIds.map((emailId, index) => ({ emailId, threadId: window.threadIds[index] ?? '' }))
    const part = expected.slice(window.position, window.position + rows.length)
    const dates = new Set(part.map((standing) => standing.receivedAt))
    const strangers = rows.filter(
      ({ threadId }) => !expected.some((s) => s.threadId === threadId && dates.has(s.receivedAt)),
    )
    if (strangers.length > 0) return `window of ${mailbox.id} has ${JSON.stringify(strangers)}`
    if (window.total !== undefined && window.total !== expected.length) return `window total of ${mailbox.id}`
    const shown = await bench.replica.rows(query, window.emailIds)
    const hole = window.emailIds.find((_, index) => shown[index] === undefined)
    if (hole) return `window of ${mailbox.id}: ${hole} has no row`
  }
  return checkEmails(bench)
}

function difference(here: unknown, there: unknown): string | undefined {
  const [a, b] = [JSON.stringify(here), JSON.stringify(there)]
  return a === b ? undefined : `${a} here, ${b} at the server`
}
