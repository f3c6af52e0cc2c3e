/** `WriteTx` over a storage transaction: what the engine may write, and the notice of what it wrote. */
import type { Email, EmailBody, EmailId, Identity, Mailbox, MailboxId, State, Thread, ThreadId } from '../jmap/types.ts'
import type { KeptSettings } from '../mail/account-settings.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import { affectedBy } from './affected.ts'
import { EmailWrites } from './email-writes.ts'
import { NoticeDraft } from './notice.ts'
import type { ChangeNotice, Horizon, HorizonScope, StateType, WriteTx } from './replica.ts'
import { estimateBytes } from './body-size.ts'
import type { StorageTx } from './storage/storage.ts'
import { WriteRefused } from './write-refused.ts'

export class StoredWriteTx implements WriteTx {
  readonly kept: StorageTx
  readonly #now: number
  readonly #notice = new NoticeDraft()
  readonly #emails: EmailWrites

  constructor(tx: StorageTx, now: number) {
    this.kept = tx
    this.#now = now
    this.#emails = new EmailWrites(tx, this.#notice)
  }

  /** Completes the transaction's own bookkeeping and says what it changed. */
  async settle(): Promise<ChangeNotice> {
    await this.#emails.settle()
    return this.#notice.toNotice()
  }

  conflict(): never {
    throw new WriteRefused('conflict')
  }

  async state(type: StateType): Promise<State | undefined> {
    return (await this.kept.get('states', type))?.state
  }

  setState(type: StateType, state: State): void {
    this.kept.put('states', { type, state })
  }

  clearState(type: StateType): void {
    this.kept.delete('states', type)
  }

  setSyncedAt(ms: number): void {
    this.kept.put('meta', { name: 'syncedAt', value: ms })
  }

  email(id: EmailId): Promise<Email | undefined> {
    return this.kept.get('emails', id)
  }

  emails(ids: readonly EmailId[]): Promise<readonly (Email | undefined)[]> {
    return Promise.all(ids.map((id) => this.kept.get('emails', id)))
  }

  emailIdsByBlobId(blobId: string): Promise<readonly EmailId[]> {
    return this.kept.keysByIndex('emails', 'blobId', blobId)
  }

  emailIdsOfThread(threadId: ThreadId): Promise<readonly EmailId[]> {
    return this.kept.keysByIndex('emails', 'threadId', threadId)
  }

  allEmailIds(): Promise<readonly EmailId[]> {
    return this.kept.keys('emails')
  }

  putEmails(emails: readonly Email[]): Promise<void> {
    return this.#emails.putEmails(emails)
  }

  patchEmail(id: EmailId, patch: Parameters<WriteTx['patchEmail']>[1]): Promise<boolean> {
    return this.#emails.patchEmail(id, patch)
  }

  destroyEmails(ids: readonly EmailId[]): Promise<void> {
    return this.#emails.destroyEmails(ids)
  }

  reviveEmails(ids: readonly EmailId[]): Promise<void> {
    this.#emails.reviveEmails(ids)
    return Promise.resolve()
  }

  rekeyEmail(dead: EmailId, alive: EmailId): Promise<void> {
    return this.#emails.rekeyEmail(dead, alive)
  }

  thread(id: ThreadId): Promise<Thread | undefined> {
    return this.kept.get('threads', id)
  }

  putThreads(threads: readonly Thread[]): Promise<void> {
    return this.#emails.putThreads(threads)
  }

  destroyThreads(ids: readonly ThreadId[]): Promise<void> {
    return this.#emails.destroyThreads(ids)
  }

  mailboxes(): Promise<readonly Mailbox[]> {
    return this.kept.getAll('mailboxes')
  }

  putMailboxes(mailboxes: readonly Mailbox[]): Promise<void> {
    for (const mailbox of mailboxes) this.#putMailbox(mailbox)
    return Promise.resolve()
  }

  async patchMailbox(id: MailboxId, patch: Partial<Mailbox>): Promise<boolean> {
    const mailbox = await this.kept.get('mailboxes', id)
    if (mailbox === undefined) return false
    this.#putMailbox({ ...mailbox, ...patch, id })
    return true
  }

  /** Entries of the mailbox stay until its Emails are told to have left it: they follow Email rows alone. */
  destroyMailboxes(ids: readonly MailboxId[]): Promise<void> {
    for (const id of ids) {
      this.kept.delete('mailboxes', id)
      this.kept.delete('horizons', id)
      this.#notice.lists.add(id)
      this.#notice.mailboxes = true
    }
    return Promise.resolve()
  }

  putIdentities(identities: readonly Identity[]): Promise<void> {
    this.kept.clear('identities')
    for (const identity of identities) this.kept.put('identities', identity)
    this.#notice.identities = true
    return Promise.resolve()
  }

  putBodies(bodies: readonly EmailBody[]): Promise<void> {
    for (const body of bodies) {
      this.kept.put('bodies', body)
      this.kept.put('bodyUses', { id: body.id, lastUsed: this.#now, bytes: estimateBytes(body) })
      this.#notice.bodyIds.add(body.id)
    }
    return Promise.resolve()
  }

  horizon(scope: HorizonScope): Promise<Horizon | undefined> {
    return this.kept.get('horizons', scope)
  }

  async setHorizon(horizon: Horizon): Promise<void> {
    this.kept.put('horizons', horizon)
    await this.#noticeCoverage([horizon.scope])
  }

  async clearHorizons(): Promise<void> {
    const scopes = await this.kept.keys('horizons')
    this.kept.clear('horizons')
    await this.#noticeCoverage(scopes as HorizonScope[])
  }

  putSettings(settings: KeptSettings): void {
    this.kept.put('meta', { name: 'settings', value: 0, settings })
    this.#notice.settings = true
  }

  outbox(): Promise<readonly OutboxRow[]> {
    return this.kept.getAll('outbox')
  }

  async putOutbox(row: OutboxRow): Promise<void> {
    this.kept.put('outbox', row)
    this.#notice.outbox = true
    if (row.status === 'failed') await this.#endOverlay([row])
  }

  async deleteOutbox(ids: readonly string[]): Promise<void> {
    const dropped = (await this.kept.getAll('outbox')).filter((row) => ids.includes(row.id))
    if (dropped.length === 0) return
    for (const row of dropped) this.kept.delete('outbox', row.seq)
    this.#notice.outbox = true
    await this.#endOverlay(dropped)
  }

  /** Views read again what these rows covered, even where the base stays as it was. */
  async #endOverlay(rows: readonly OutboxRow[]): Promise<void> {
    this.#notice.mailboxes = true
    const mutations = rows.map((row) => row.mutation)
    this.#notice.addAffected(await affectedBy(this.kept, mutations))
  }

  #putMailbox(mailbox: Mailbox): void {
    this.kept.put('mailboxes', mailbox)
    this.#notice.mailboxes = true
    // The total of its list is the Mailbox's (L5).
    this.#notice.lists.add(mailbox.id)
  }

  async #noticeCoverage(scopes: readonly HorizonScope[]): Promise<void> {
    const ids = scopes.includes('*') ? await this.kept.keys('mailboxes') : (scopes as readonly MailboxId[])
    for (const id of ids) this.#notice.lists.add(id)
  }
}
