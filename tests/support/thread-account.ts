/** An account for tests of views: a real replica in memory, and a port whose answers the test decides. */
// Loaded beforehand: a manual clock does not wait for code that the replica fetches with the first row of the outbox.
import '../../src/replica/pending-overlay.ts'
import '../../src/mutations/all-done.ts'
import '../../src/replica/tree-overlay.ts'
import { MemoryReplica } from '../../src/replica/memory/memory-replica.ts'
import { countingRandom } from '../../src/replica/testing/counting-random.ts'
import type { AccountId, Email, EmailBody, EmailId, ThreadId } from '../../src/jmap/types.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { WriteTx } from '../../src/replica/replica.ts'
import type { OpenAccount } from '../../src/state/open-account.ts'
import type { AccountInfo, AccountPort, AccountStatus } from '../../src/sync/engine-port.ts'

export class ThreadAccount {
  readonly replica: MemoryReplica
  readonly open: OpenAccount
  /** What the page asked of the engine. */
  readonly asked: string[] = []
  onFetchThread: (id: ThreadId) => Promise<void> = () => Promise.reject(offline)
  onFetchBodies: (ids: readonly EmailId[]) => Promise<void> = () => Promise.reject(offline)
  onFetchEmail: AccountPort['fetchEmail'] = () => Promise.resolve(null)
  onFetchWindow: AccountPort['fetchWindow'] = () => Promise.reject(offline)
  onFetchTotal: AccountPort['fetchTotal'] = () => Promise.reject(offline)
  onFetchHits: AccountPort['fetchHits'] = () => Promise.reject(offline)
  onFetchBlob: AccountPort['fetchBlob'] = () => Promise.reject(offline)
  #status: AccountStatus = { phase: 'ready', outbox: 0, failed: 0, backfill: 100 }
  readonly #listeners = new Set<(status: AccountStatus) => void>()
  #epoch: number | undefined

  constructor(clock: Clock, info: Partial<AccountInfo> = {}) {
    this.replica = new MemoryReplica({ clock, random: countingRandom() })
    const account: AccountInfo = {
      key: 'k',
      login: 'l',
      accountId: 'a' as AccountId,
      username: 'mara@lindqvist.example',
      name: 'mara@lindqvist.example',
      isPersonal: true,
      isReadOnly: false,
      hasMail: true,
      isKept: true,
      ...info,
    }
    this.open = { info: account, replica: this.replica, port: this.#port(account) }
  }

  async write(body: (tx: WriteTx) => Promise<void>): Promise<void> {
    this.#epoch ??= await this.replica.claimEpoch()
    const outcome = await this.replica.write({ epoch: this.#epoch }, body)
    if (outcome.kind !== 'applied') throw new Error(outcome.kind)
  }

  /** One thread with these letters, and the bodies that are here. */
  async put(
    threadId: ThreadId,
    emails: readonly Email[],
    bodies: readonly EmailBody[] = [],
    missing: readonly EmailId[] = [],
  ): Promise<void> {
    await this.write(async (tx) => {
      await tx.putEmails(emails)
      await tx.putThreads([{ id: threadId, emailIds: [...missing, ...emails.map((email) => email.id)] }])
      await tx.putBodies(bodies)
    })
  }

  setStatus(status: Partial<AccountStatus>): void {
    this.#status = { ...this.#status, ...status }
    for (const listener of this.#listeners) listener(this.#status)
  }

  #port(account: AccountInfo): AccountPort {
    const status = (): AccountStatus => this.#status
    return {
      account,
      get status() {
        return status()
      },
      onStatus: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      fetchWindow: (request) => {
        this.asked.push(`window ${String(request.position ?? request.anchor)} ${String(request.limit)}`)
        return this.onFetchWindow(request)
      },
      fetchTotal: (query) => this.onFetchTotal(query),
      fetchBodies: (ids) => {
        this.asked.push(`bodies ${ids.join()}`)
        return this.onFetchBodies(ids)
      },
      fetchThread: (id) => {
        this.asked.push(`thread ${id}`)
        return this.onFetchThread(id)
      },
      fetchEmail: (id) => this.onFetchEmail(id),
      fetchHits: (request) => this.onFetchHits(request),
      fetchBlob: (blob, onProgress, signal) => this.onFetchBlob(blob, onProgress, signal),
      keep: () => Promise.reject(offline),
      inspect: () => Promise.reject(offline),
      pokeOutbox: () => this.asked.push('outbox'),
      setAttention: () => undefined,
      refresh: () => undefined,
    }
  }
}

/** As a rejection of the port arrives: plain data, thrown. */
export const offline = Object.assign(new Error('offline'), { kind: 'network' })
