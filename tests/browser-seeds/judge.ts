/** When the faults have stopped: it becomes quiet, no word is lost, and every tab shows what the server has. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import { unpack } from '../../src/replica/idb/packing.ts'
import type { MailServer } from './servers.ts'
import type { ShownRow, Tab } from './tab.ts'
import type { World } from './world.ts'

const QUIET_MS = 3000
/** Of the issue: at most so long a seed. */
const QUIET_WITHIN_MS = 20_000
const ROWS = 60

interface ServerEmail {
  readonly id: string
  readonly threadId: string
  readonly keywords: Readonly<Record<string, boolean>>
  readonly mailboxIds: Readonly<Record<string, boolean>>
  readonly receivedAt: string
}

export async function judge(world: World): Promise<void> {
  if (!(await becomesQuiet(world))) return
  await checkWords(world)
  const [first] = world.tabs
  if (first) await checkKept(world, first)
  for (const tab of world.tabs) await checkList(world, tab)
}

/** `ready` and nothing waiting, in every tab, for three seconds. */
async function becomesQuiet(world: World): Promise<boolean> {
  const deadline = performance.now() + QUIET_WITHIN_MS
  const started = performance.now()
  let since = started
  let before = ''
  for (;;) {
    const states = await Promise.all(world.tabs.map((tab) => tab.state()))
    const isQuiet = states.every(({ sync, outbox }) => sync === 'ready' && outbox === '0')
    const now = performance.now()
    const words = states.map(({ sync, outbox }) => `${sync} ${outbox}`).join(', ')
    if (words !== before) world.trace.push(`  ${((now - started) / 1000).toFixed(1)} s later: ${words}`)
    before = words
    if (!isQuiet) since = now
    if (now - since >= QUIET_MS) return true
    if (now > deadline) {
      world.breach(`not quiet after ${String(QUIET_WITHIN_MS / 1000)} s: ${words}`)
      return false
    }
    await sleep(50)
  }
}

async function emailsOf({ other }: MailServer, ids: readonly string[]): Promise<Map<string, ServerEmail>> {
  const found = new Map<string, ServerEmail>()
  for (let from = 0; from < ids.length; from += 200) {
    const properties = ['id', 'threadId', 'keywords', 'mailboxIds', 'receivedAt']
    const answer = await other.call('Email/get', { ids: ids.slice(from, from + 200), properties })
    for (const email of answer['list'] as ServerEmail[]) found.set(email.id, email)
  }
  return found
}

/** Acknowledged changes are at the server. */
async function checkWords(world: World): Promise<void> {
  const words = world.ledger.lastWords
  const emails = await emailsOf(world.server, [...new Set(words.map(({ emailId }) => emailId))])
  for (const { emailId, property, value } of words) {
    const email = emails.get(emailId)
    const [kind, ...name] = property.split('/') as ['keywords' | 'mailboxIds', ...string[]]
    if (!email) world.breach(`lost: ${emailId} is gone from the server`)
    else if (Object.hasOwn(email[kind], name.join('/')) !== value)
      world.breach(`lost: ${property}=${String(value)} on ${emailId}; the server has ${JSON.stringify(email[kind])}`)
  }
}

/** What is kept on the device: the outbox is empty, and what it knows of messages is what the server has. */
async function checkKept(world: World, { page }: Tab): Promise<void> {
  const { outbox, emails } = await keptMail(
    page,
    encodeURIComponent(world.server.other.accountId),
    world.ledger.emailIds,
  )
  if (outbox.length > 0) world.breach(`stuck: the outbox still has ${JSON.stringify(outbox)}`)
  const there = await emailsOf(
    world.server,
    emails.map(({ id }) => id),
  )
  const names = (set: Readonly<Record<string, boolean>> | undefined): string =>
    Object.keys(set ?? {})
      .sort()
      .join(' ')
  for (const { id, keywords, mailboxIds } of emails) {
    const email = there.get(id)
    const [here, atServer] = [
      `${names(keywords)} in ${names(mailboxIds)}`,
      email && `${names(email.keywords)} in ${names(email.mailboxIds)}`,
    ]
    if (here !== atServer) world.breach(`diverged: ${id} is ${here} here, ${String(atServer)} at the server`)
  }
}

/** Past the app: those that were acted on, and the newest. */
async function keptMail(
  page: Page,
  account: string,
  acted: readonly string[],
): Promise<{ outbox: unknown[]; emails: ServerEmail[] }> {
  interface Packed {
    readonly id: string
    readonly _: ArrayBuffer
  }
  const { outbox, packed } = await page.evaluate(
    async ({ account, acted }) => {
      const answer = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(new Error(String(request.error)))
        })
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
      const database = await answer(
        indexedDB.open(names.find((name) => name.startsWith('postern/') && name.endsWith(`/${account}`)) ?? ''),
      )
      const tx = database.transaction(['outbox', 'emails'])
      const outbox = (await answer(tx.objectStore('outbox').getAll())) as unknown[]
      const rows = tx.objectStore('emails')
      const ids = (await answer(rows.index('receivedAt').getAllKeys())).slice(-500)
      const all = await Promise.all(
        [...new Set([...ids.map(String), ...acted])].map((id) =>
          answer(rows.get(id) as IDBRequest<Packed | undefined>),
        ),
      )
      database.close()
      const packed = all.flatMap((row) => (row ? [{ ...row, _: [...new Uint8Array(row._)] }] : []))
      return { outbox, packed }
    },
    { account, acted },
  )
  return {
    outbox,
    emails: packed.map(
      (row) => unpack('emails', { ...row, _: Uint8Array.from(row._).buffer } as never) as unknown as ServerEmail,
    ),
  }
}

async function standing(
  server: MailServer,
  mailboxId: string,
): Promise<{ rows: ShownRow[]; total: number | undefined }> {
  const answer = await server.other.call('Email/query', {
    filter: { inMailbox: mailboxId },
    sort: [{ property: 'receivedAt', isAscending: false }],
    collapseThreads: true,
    limit: ROWS,
    calculateTotal: true,
  })
  const ids = answer['ids'] as string[]
  const heads = await emailsOf(server, ids)
  const threadIds = ids.map((id) => heads.get(id)?.threadId ?? '')
  const threads = new Map(
    ((await server.other.call('Thread/get', { ids: threadIds }))['list'] as { id: string; emailIds: string[] }[]).map(
      ({ id, emailIds }) => [id, emailIds],
    ),
  )
  const emails = await emailsOf(server, [...threads.values()].flat())
  const total = answer['total'] as number | undefined
  const rows = ids.map((emailId, position) => {
    const threadId = threadIds[position] ?? ''
    const messages = (threads.get(threadId) ?? []).flatMap((id) => emails.get(id) ?? [])
    return {
      position,
      emailId,
      threadId,
      isUnread: messages.some(({ keywords }) => !Object.hasOwn(keywords, '$seen')),
      isFlagged: messages.some(({ keywords }) => Object.hasOwn(keywords, '$flagged')),
      size: total ?? -1,
    }
  })
  return { rows, total }
}

/** The rows of its list, with their marks and their number. Equal dates may stand in any order. */
async function checkList(world: World, tab: Tab): Promise<void> {
  const mailboxId = await tab.mailboxId()
  if (mailboxId === null || mailboxId.startsWith('~')) return
  const { rows: expected, total } = await standing(world.server, mailboxId)
  const shown = await tab.rows()
  const byThread = new Map(expected.map((row) => [row.threadId, row]))
  const facts = ({ isUnread, isFlagged }: ShownRow): string =>
    `unread ${String(isUnread)}, flagged ${String(isFlagged)}`
  const top = shown.filter(({ position }) => position < expected.length - 1)
  for (const row of top) {
    const there = byThread.get(row.threadId)
    const where = `${tab.name}, ${mailboxId}, row ${String(row.position)}, ${row.emailId}`
    if (!there) world.breach(`diverged: ${where} is not there at the server`)
    else if (facts(there) !== facts(row))
      world.breach(`diverged: ${where} shows ${facts(row)}, the server ${facts(there)}`)
  }
  const here = new Set(shown.map(({ threadId }) => threadId))
  const missing = expected.slice(0, top.length).filter(({ threadId }) => !here.has(threadId))
  for (const row of missing) world.breach(`diverged: ${tab.name} does not show ${row.emailId} of ${mailboxId}`)
  const size = shown[0]?.size ?? 0
  if (total !== undefined && size !== total)
    world.breach(`diverged: ${tab.name} says ${String(size)} rows in ${mailboxId}, the server ${String(total)}`)
}
