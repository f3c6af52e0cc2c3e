/**
 * What the user does to all that a mailbox shows, loaded or not. Which messages these are the server says, so nothing is
 * promised of each; but each sweep has a keyword of its own, and in the end it is plain who must have it and who not.
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { StoredEmail } from '../../demo/server/store/stored-email.ts'
import type { Email, MailboxId } from '../../src/jmap/types.ts'
import type { Matching, OutboxRow, SetKeywordOnAll, TakeBack } from '../../src/mutations/mutation.ts'
import type { Dice } from '../converge/dice.ts'
import type { Ledger } from './ledger.ts'

interface Sweep {
  readonly device: string
  readonly mutation: SetKeywordOnAll
  /** Where the ledger was when it was asked for. */
  readonly since: number
  /** What stood in the mailbox then, by blob: a merge gives messages other ids. */
  readonly blobIds: readonly string[]
  /** Undefined: its tab died over it, so it is stored or not. */
  row?: OutboxRow
  /** Called off, or taken back by a tab that may have died over it: then nothing is sure. */
  end?: 'takenBack' | 'unsure'
}

export class Sweeps {
  readonly #account: MailAccount
  readonly #ledger: Ledger
  readonly #sweeps: Sweep[] = []

  constructor({ account, ledger }: { account: MailAccount; ledger: Ledger }) {
    this.#account = account
    this.#ledger = ledger
  }

  /** `out`: what the user unticked after all were selected. */
  begin(
    device: string,
    { mailboxId, now, out }: { mailboxId: MailboxId; now: number; out: Email | undefined },
  ): { mutation: SetKeywordOnAll; stored: (row: OutboxRow) => void } {
    const before = new Date(now).toISOString()
    const keyword = `sweep-${this.#sweeps.length}`
    const here = { mailboxIds: [mailboxId], isOutside: false, has: [], hasNot: [] }
    const mutation: SetKeywordOnAll = {
      type: 'setKeywordOnAll',
      emailIds: [],
      blobIds: [],
      match: { mailboxId, filter: { inMailbox: mailboxId }, before, here, ...(out && { except: nameOf(out) }) },
      keyword,
      value: true,
      key: keyword,
      done: 0,
      total: 0,
    }
    // What the server's index has not taken in yet it may leave out.
    const isHere = ({ blobId, mailboxIds, receivedAt, sortedFrom }: StoredEmail): boolean =>
      mailboxIds.has(mailboxId) && receivedAt < now && sortedFrom <= now && blobId !== out?.blobId
    const blobIds = this.#living.filter(isHere).map(({ blobId }) => blobId)
    const sweep: Sweep = { device, mutation, since: this.#ledger.now, blobIds }
    this.#sweeps.push(sweep)
    return { mutation, stored: (row) => (sweep.row = row) }
  }

  /** One of the device's that is to be taken back; undefined where there is none. */
  takeBack(device: string, dice: Dice): { mutation: TakeBack; stored: () => void } | undefined {
    const sweep = dice.pick(this.#sweeps.filter((one) => one.device === device && one.row && !one.end))
    if (!sweep) return undefined
    sweep.end = 'unsure'
    const mutation: TakeBack = { type: 'takeBack', of: sweep.mutation, emailIds: [], blobIds: [] }
    return { mutation, stored: () => (sweep.end = 'takenBack') }
  }

  /** The user takes a row out of the outbox, of a sweep or of what takes one back: what is done is done, and no more. */
  discard(row: OutboxRow): void {
    const sweep = this.#sweeps.find(({ mutation }) => mutation.keyword === keywordOf(row))
    if (sweep) sweep.end = 'unsure'
  }

  /** What is wrong at the end; `refused` are the rows that the user is shown as such. */
  breach(device: string, refused: readonly OutboxRow[]): string | undefined {
    const failed = new Set(refused.map(keywordOf))
    for (const { device: of, mutation, since, blobIds, row, end } of this.#sweeps) {
      if (of !== device || !row || failed.has(mutation.keyword)) continue
      const { keyword, match } = mutation
      const having = this.#living.filter(({ keywords }) => keywords.has(keyword))
      if (end === 'takenBack' && having[0]) return `${keyword} was taken back, and is on ${having[0].id}`
      const strange = having.find(({ receivedAt }) => receivedAt >= Date.parse(match.before))
      if (strange) return `${keyword} is on ${strange.id}, which came after it was asked for`
      const touched = having.find(({ blobId }) => match.except?.blobIds.some((out) => out === blobId))
      if (touched) return `${keyword} is on ${touched.id}, which was left out of it`
      if (end) continue
      const missing = this.#living.find(
        ({ blobId, mailboxIds, keywords }) =>
          blobIds.includes(blobId) &&
          mailboxIds.has(match.mailboxId) &&
          !keywords.has(keyword) &&
          !this.#ledger.isWrittenSince(since, { blobId, property: `mailboxIds/${match.mailboxId}` }),
      )
      if (missing) return `${keyword} is not on ${missing.id}, which stood there all the time`
    }
    return undefined
  }

  get #living(): readonly StoredEmail[] {
    return [...this.#account.emails.values()]
  }
}

function nameOf({ id, blobId }: Email): Exclude<Matching['except'], undefined> {
  return { emailIds: [id], blobIds: [blobId] }
}

function keywordOf({ mutation }: OutboxRow): string | undefined {
  return 'keyword' in mutation ? mutation.keyword : undefined
}
