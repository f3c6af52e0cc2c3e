/** One account's status: what is known of the last failure, the outbox and the backfill, folded to one phase. */
import type { ReplicaReads } from '../replica/replica.ts'
import type { AccountStatus, SyncProblem } from './engine-port.ts'

/** Rows take a fifth of the time that letters and their files take. */
const ROWS_SHARE = 20

interface Facts {
  isStarted: boolean
  isOffline: boolean
  problem?: SyncProblem | undefined
  isBusy: boolean
  outbox: number
  failed: number
  oldest?: number | undefined
  /** 0 to 1: rows of older mail, and what belongs to them. */
  rowsDone: number
  lettersDone: number
  isFilling: boolean
  keepWaits?: AccountStatus['keepWaits']
  keeps?: AccountStatus['keeps']
  syncedAt?: number | undefined
}

export class EngineStatus {
  readonly #facts: Facts = {
    isStarted: false,
    isOffline: false,
    isBusy: false,
    outbox: 0,
    failed: 0,
    rowsDone: 0,
    lettersDone: 0,
    isFilling: true,
  }
  readonly #listeners = new Set<(status: AccountStatus) => void>()
  #value: AccountStatus = { phase: 'starting', outbox: 0, failed: 0, backfill: 0 }

  get value(): AccountStatus {
    return this.#value
  }

  onStatus(listener: (status: AccountStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  update(facts: Partial<Facts>): void {
    Object.assign(this.#facts, facts)
    const value = toStatus(this.#facts)
    if (JSON.stringify(value) === JSON.stringify(this.#value)) return
    this.#value = value
    for (const listener of this.#listeners) listener(value)
  }

  /** As `read`, where nobody waits: a leader that has left may be told of rows after its replica was closed. */
  note(replica: ReplicaReads): void {
    this.read(replica).catch(() => undefined)
  }

  /** What the replica knows of it. */
  async read(replica: ReplicaReads): Promise<void> {
    const [rows, syncedAt] = await Promise.all([replica.outbox(), replica.syncedAt()])
    this.update({
      outbox: rows.length,
      failed: rows.filter((row) => row.status === 'failed').length,
      oldest: rows.length > 0 ? Math.min(...rows.map((row) => row.createdAt)) : undefined,
      syncedAt,
    })
  }
}

function toStatus(facts: Facts): AccountStatus {
  return {
    phase: toPhase(facts),
    ...(facts.problem ? { problem: facts.problem } : {}),
    outbox: facts.outbox,
    failed: facts.failed,
    ...(facts.oldest === undefined ? {} : { oldest: facts.oldest }),
    backfill: Math.floor(ROWS_SHARE * facts.rowsDone + (100 - ROWS_SHARE) * facts.lettersDone),
    ...(facts.isFilling ? { isFilling: true } : {}),
    ...(facts.keepWaits ? { keepWaits: facts.keepWaits } : {}),
    ...(facts.keeps ? { keeps: facts.keeps } : {}),
    ...(facts.syncedAt === undefined ? {} : { syncedAt: facts.syncedAt }),
  }
}

function toPhase(facts: Facts): AccountStatus['phase'] {
  if (facts.problem) return 'error'
  if (facts.isOffline) return 'offline'
  if (!facts.isStarted) return 'starting'
  return facts.isBusy ? 'syncing' : 'ready'
}
