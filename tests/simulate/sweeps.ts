/**
 * What the user does to all that a mailbox shows, loaded or not. Which messages these are the server says, so nothing is
 * promised of each; but each sweep has a keyword of its own, a label or an hour, and in the end it is plain who must have
 * it and who not. What is muted has no keyword of its own: it is to be done, and to be the same everywhere.
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { StoredEmail } from '../../demo/server/store/stored-email.ts'
import type { Email, Mailbox, MailboxId } from '../../src/jmap/types.ts'
import { MUTED } from '../../src/mail/muted.ts'
import { fileAll } from '../../src/mutations/file-all.ts'
import { targetOf, type Filing } from '../../src/mutations/file-emails.ts'
import { findMailbox, mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import {
  isOnMatch,
  type Matching,
  type MatchMutation,
  type OutboxRow,
  type TakeBack,
} from '../../src/mutations/mutation.ts'
import type { Dice } from '../converge/dice.ts'
import type { Ledger, Overrules } from './ledger.ts'
import type { MailboxNames } from './mailbox-names.ts'

interface Sweep {
  readonly device: string
  readonly mutation: MatchMutation
  /** Its own; undefined: it mutes, or no longer. */
  readonly keyword: string | undefined
  /** Where the ledger was when it was asked for. */
  readonly since: number
  /** What stood in the mailbox then, by blob: a merge gives messages other ids. */
  readonly blobIds: readonly string[]
  /** Undefined: its tab died over it, so it is stored or not. */
  row?: OutboxRow
  /** Called off, or taken back by a tab that may have died over it: then nothing is sure. */
  end?: 'takenBack' | 'unsure'
}

interface Asked {
  readonly mailboxId: MailboxId
  readonly now: number
  /** What the user unticked after all were selected. */
  readonly out: Email | undefined
  readonly mailboxes: readonly Mailbox[]
  readonly kind: 'label' | 'snooze' | 'mute' | 'unmute'
}

/** Nothing comes back within a seed. */
const FAR_MS = 90 * 86_400_000

export class Sweeps {
  readonly #account: MailAccount
  readonly #ledger: Ledger
  readonly #sweeps: Sweep[] = []

  constructor({ account, ledger }: { account: MailAccount; ledger: Ledger }) {
    this.#account = account
    this.#ledger = ledger
  }

  /** Undefined: there is nowhere to go. */
  begin(device: string, asked: Asked): { mutation: MatchMutation; stored: (row: OutboxRow) => void } | undefined {
    const { mailboxId, now, out } = asked
    const made = this.#mutationOf(asked)
    if (!made) return undefined
    // What the server's index has not taken in yet it may leave out.
    const isHere = ({ blobId, mailboxIds, receivedAt, sortedFrom }: StoredEmail): boolean =>
      mailboxIds.has(mailboxId) && receivedAt < now && sortedFrom <= now && blobId !== out?.blobId
    const blobIds = this.#living.filter(isHere).map(({ blobId }) => blobId)
    const sweep: Sweep = { device, ...made, since: this.#ledger.now, blobIds }
    this.#sweeps.push(sweep)
    return { mutation: made.mutation, stored: (row) => (sweep.row = row) }
  }

  #mutationOf({ mailboxId, now, out, mailboxes, kind }: Asked): Pick<Sweep, 'mutation' | 'keyword'> | undefined {
    const here = { mailboxIds: [mailboxId], isOutside: false, has: [], hasNot: [] }
    const before = new Date(now).toISOString()
    const match = { mailboxId, filter: { inMailbox: mailboxId }, before, here, ...(out && { except: nameOf(out) }) }
    const key = `sweep-${this.#sweeps.length}`
    if (kind === 'label') {
      const on = { emailIds: [], blobIds: [], match, done: 0, total: 0 }
      return { mutation: { type: 'setKeywordOnAll', ...on, keyword: key, value: true, key }, keyword: key }
    }
    const filing: Filing = kind === 'snooze' ? { until: now + FAR_MS + this.#sweeps.length * 60_000 } : kind
    const role = kind === 'snooze' ? 'snoozed' : 'archive'
    const wanted = mailboxToMake(role, role === 'snoozed' ? 'Snoozed' : 'Archive')
    const isThere = targetOf(filing, mailboxes) ?? findMailbox(mailboxes, wanted)
    const mutation = fileAll(filing, match, isThere ? mailboxes : [...mailboxes, wanted], key)
    return mutation && { mutation, keyword: mutation.type === 'setMailboxesOnAll' ? mutation.hour : undefined }
  }

  /** What else is said, or unsaid, of messages that it cannot name. */
  static overrulesOf(
    { of: mutation }: Pick<TakeBack, 'of'>,
    names: MailboxNames,
    inbox: string,
  ): Overrules | undefined {
    if (mutation.type === 'setKeywordOnAll' && mutation.keyword !== MUTED) return undefined
    const to = mutation.type === 'setMailboxesOnAll' ? [mutation.to] : []
    const boxes = ['~archive', '~snoozed', inbox, mutation.match.mailboxId, ...to]
    return ({ property }) =>
      property === `keywords/${MUTED}` ||
      property.startsWith('keywords/postern-until-') ||
      boxes.some((id) => property === `mailboxIds/${names.keyOf(id)}`)
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
    const sweep = this.#sweeps.find((one) => namesOf(one).some((name) => name === nameIn(row)))
    if (sweep) sweep.end = 'unsure'
  }

  /** What is wrong at the end; `refused` are the rows that the user is shown as such. */
  breach(device: string, refused: readonly OutboxRow[]): string | undefined {
    const failed = new Set<string | undefined>(refused.map(nameIn))
    for (const [at, sweep] of this.#sweeps.entries()) {
      const { device: of, mutation, keyword, since, blobIds, row, end } = sweep
      if (of !== device || !row || keyword === undefined || namesOf(sweep).some((name) => failed.has(name))) continue
      const { match } = mutation
      const isHour = mutation.type === 'setMailboxesOnAll'
      const having = this.#living.filter(({ keywords }) => keywords.has(keyword))
      // An hour that another put in its place comes back when that is taken back.
      const isLast =
        mutation.type === 'setKeywordOnAll' ||
        !this.#sweeps.slice(at + 1).some((one) => one.keyword?.startsWith('postern'))
      if (end === 'takenBack' && isLast && having[0]) return `${keyword} was taken back, and is on ${having[0].id}`
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
          // Of two hours the later word holds, and what comes back has none.
          !(isHour && this.#ledger.isWrittenSince(since, { blobId, property: `keywords/${keyword}` })) &&
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

function namesOf({ mutation, keyword }: Sweep): readonly (string | undefined)[] {
  return [mutation.key, keyword]
}

/** Of the row itself, or of one that takes its keyword back. */
function nameIn({ mutation }: OutboxRow): string {
  if (isOnMatch(mutation)) return mutation.key
  return 'keyword' in mutation ? mutation.keyword : ''
}
