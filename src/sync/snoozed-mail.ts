/**
 * Brings snoozed mail back at its hour (ADR 0021): the first Postern that is open does it, through the outbox like a
 * reader. It looks after each pull, and only then: a device that was away must not bring back what another one brought
 * back, and its reader put elsewhere, long ago. What several devices do at once is the same patch.
 */
import type { BlobId, EmailId, Mailbox } from '../jmap/types.ts'
import { isLocalId, type RowMessage, type ThreadRow } from '../mail/list.ts'
import { sleepsUntil, snoozedMailbox, untilKeywords } from '../mail/snoozed.ts'
import type { Mutation } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import type { EngineParts } from './engine-work.ts'
import { keepNow } from './keep/keep-now.ts'
import { Deposed, Stopped } from './sync-errors.ts'
import { fetchWindow } from './windows.ts'

/** Timers rest while the machine sleeps: the clock is looked at this often at least. */
const LOOK_MS = 60_000
/** What was refused, or is not known here, is tried and asked again, but not with every pull. */
const AGAIN_MS = 3_600_000
/** More than anybody puts to sleep. */
const MOST_ROWS = 5_000

const looking = new WeakMap<AccountContext, SnoozedMail>()

/** After each pull, where anything sleeps. */
export async function lookAtSnoozed(ctx: AccountContext, engine: Pick<EngineParts, 'timers' | 'want'>): Promise<void> {
  const snoozed = looking.get(ctx) ?? new SnoozedMail(ctx, engine)
  looking.set(ctx, snoozed)
  await snoozed.look()
}

class SnoozedMail {
  readonly #ctx: AccountContext
  readonly #engine: Pick<EngineParts, 'timers' | 'want'>
  /** By message and hour: one that came back may be put to sleep again at once. */
  readonly #tried = new Map<string, number>()
  #isLooking = false
  #isWanted = false
  /** How many there were when the server was asked for those that are not here, and when. */
  #asked: { readonly total: number; readonly at: number } | undefined

  constructor(ctx: AccountContext, engine: Pick<EngineParts, 'timers' | 'want'>) {
    this.#ctx = ctx
    this.#engine = engine
  }

  /** Beside the lane: what it does goes through the outbox, and what it asks for may wait for a pull. */
  async look(): Promise<void> {
    this.#isWanted = true
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      while (this.#isWanted && !this.#ctx.isStopped) {
        this.#isWanted = false
        await this.#lookOnce()
      }
    } catch (error) {
      if (!(error instanceof Stopped || error instanceof Deposed))
        this.#ctx.deps.log.info('looking at snoozed mail failed', error)
    } finally {
      this.#isLooking = false
    }
  }

  async #lookOnce(): Promise<void> {
    const mailboxes = await this.#ctx.replica.mailboxes()
    const snoozed = snoozedMailbox(mailboxes)
    const inbox = mailboxes.find(({ role }) => role === 'inbox')
    // What waits in a mailbox that is still to be made is looked at after the pull that makes it.
    if (!snoozed || !inbox || isLocalId(snoozed.id)) return
    const sleeping = sleepingIn(await this.#rows(snoozed), snoozed)
    await this.#bringBack(sleeping, snoozed, inbox)
    const now = this.#ctx.deps.clock.now()
    const next = sleeping.map(({ until }) => until).filter((until) => until > now)
    if (next.length > 0) this.#lookAt(Math.min(...next))
    else this.#engine.timers.cancel('wake')
  }

  /** What is known here of the mailbox; where the server counts more, it is asked first. */
  async #rows(snoozed: Mailbox): Promise<readonly ThreadRow[]> {
    const query = { mailboxId: snoozed.id }
    const here = async (): Promise<readonly ThreadRow[]> => {
      const { rows } = await this.#ctx.replica.listWindow(query, 0, MOST_ROWS)
      return [...rows, ...(await this.#ctx.replica.islands(query, MOST_ROWS))]
    }
    const rows = await here()
    const now = this.#ctx.deps.clock.monotonic()
    const total = Math.min(snoozed.totalThreads, MOST_ROWS)
    const asked = this.#asked
    const isAsked = asked?.total === total && now - asked.at < AGAIN_MS
    if (rows.length >= total || isAsked) return rows
    this.#asked = { total, at: now }
    const dialect = { hasAnchor: false }
    for (let position = 0; position < total;) {
      const { emailIds } = await fetchWindow(this.#ctx, { query, position, limit: this.#ctx.batchSize }, dialect)
      if (emailIds.length === 0) break
      position += emailIds.length
    }
    return here()
  }

  async #bringBack(sleeping: readonly Sleeping[], snoozed: Mailbox, inbox: Mailbox): Promise<void> {
    // By a clock that runs a year ahead all would be due, on every device.
    const now = await keepNow(this.#ctx)
    const since = this.#ctx.deps.clock.monotonic() - AGAIN_MS
    const due = sleeping.filter((each) => each.until <= now && (this.#tried.get(tryOf(each)) ?? -Infinity) < since)
    if (due.length === 0 || !snoozed.myRights.mayRemoveItems || !inbox.myRights.mayAddItems) return
    for (const each of due) this.#tried.set(tryOf(each), this.#ctx.deps.clock.monotonic())
    // Another leader may have taken over: then it is its turn.
    await this.#ctx.write({}, () => Promise.resolve())
    for (const mutation of wakingOf(due, snoozed, inbox)) await this.#ctx.replica.appendMutation(mutation)
    this.#engine.want('push')
  }

  #lookAt(hour: number): void {
    const { clock } = this.#ctx.deps
    this.#engine.timers.set('wake', Math.min(LOOK_MS, Math.max(0, hour - clock.now())), () => {
      if (clock.now() >= hour) this.#engine.want('pull')
      else this.#lookAt(hour)
    })
  }
}

interface Sleeping {
  readonly message: RowMessage
  readonly until: number
  /** The newest of its conversation that sleeps. */
  readonly isNewest: boolean
}

function tryOf({ message, until }: Sleeping): string {
  return `${message.id} ${until}`
}

function sleepingIn(rows: readonly ThreadRow[], snoozed: Mailbox): readonly Sleeping[] {
  return rows.flatMap(({ messages }) => {
    const here = messages.flatMap((message) => {
      const until = Object.hasOwn(message.mailboxIds, snoozed.id) ? sleepsUntil(message.keywords) : undefined
      return until === undefined ? [] : [{ message, until }]
    })
    return here.map((each, index) => ({ ...each, isNewest: index === here.length - 1 }))
  })
}

/** The hour goes last: what was begun and not ended is begun again. Of a conversation its newest message is unread. */
function wakingOf(due: readonly Sleeping[], snoozed: Mailbox, inbox: Mailbox): readonly Mutation[] {
  const messages = due.map(({ message }) => message)
  const hours = new Set(messages.flatMap(({ keywords }) => untilKeywords(keywords)))
  const read = due.filter(({ isNewest, message }) => isNewest && Object.hasOwn(message.keywords, '$seen'))
  return [
    ...(read.length === 0
      ? []
      : [
          keyword(
            '$seen',
            read.map(({ message }) => message),
          ),
        ]),
    { type: 'setMailboxes', ...idsOf(messages), mailboxIds: { [snoozed.id]: false, [inbox.id]: true } },
    ...[...hours].map((hour) =>
      keyword(
        hour,
        messages.filter(({ keywords }) => Object.hasOwn(keywords, hour)),
      ),
    ),
  ]
}

function keyword(name: string, messages: readonly RowMessage[]): Mutation {
  return { type: 'setKeyword', ...idsOf(messages), keyword: name, value: false }
}

function idsOf(messages: readonly RowMessage[]): { emailIds: EmailId[]; blobIds: BlobId[] } {
  return { emailIds: messages.map(({ id }) => id), blobIds: messages.map(({ blobId }) => blobId) }
}
