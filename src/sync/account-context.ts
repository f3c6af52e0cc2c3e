/** What every part of one account's engine works with: its client, its replica, its epoch, and the touch log. */
import type { JmapClient, JmapResponse, RequestOptions } from '../jmap/client.ts'
import type { AccountId, Invocation, State } from '../jmap/types.ts'
import { sleep, type Clock } from '../platform/clock.ts'
import { DEFAULT_KEEP } from '../mail/keep-policy.ts'
import type { Device } from '../platform/device.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import type { Replica, StateType, WriteGuard, WriteTx } from '../replica/replica.ts'
import { batchSize } from './batch-size.ts'
import type { Attention } from './engine-port.ts'
import { Conflict, Deposed, Stopped } from './sync-errors.ts'
import { TouchLog } from './touch-log.ts'
import { Vouching } from './vouching.ts'

export interface EngineDeps {
  readonly accountId: AccountId
  readonly client: JmapClient
  readonly replica: Replica
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** The code that no first row waits for. */
  readonly afterRows: () => Promise<AfterRows>
  /** How far down rows are kept; where it is left out, the reader's choice, and bodies and files with them. */
  readonly keep?: KeepLimits
  readonly device: Device
}

/** `days` back, and never fewer than `atLeast` messages. */
export interface KeepLimits {
  readonly days: number
  readonly atLeast: number
}

/** What `EngineDeps.afterRows` loads. */
export type AfterRows = typeof import('./after-rows.ts')

export type Tokens = Partial<Record<StateType, State | undefined>>

export class AccountContext {
  readonly deps: EngineDeps
  readonly touches = new TouchLog()
  readonly vouching: Vouching
  /** Given by `claimEpoch`; every write carries it. */
  epoch = -1
  /** Whether bodies are asked with the Content-Type of their parts; false once the server refused that. */
  asksContentType = true
  /** What the reader has chosen to be kept: so many days back. 0: nothing is fetched ahead but what is open. */
  keepDays = DEFAULT_KEEP.days
  /** One of `keep-state.ts`. */
  keepState = 0
  /** The reader wants older mail in spite of what the network may cost. */
  sparesNothing = false
  attention: Attention = { visible: true, mailboxId: null, emailIds: [], openThreadId: null }
  readonly #abort = new AbortController()

  constructor(deps: EngineDeps, wantPull: () => void) {
    this.deps = deps
    this.vouching = new Vouching(wantPull)
  }

  get replica(): Replica {
    return this.deps.replica
  }

  get batchSize(): number {
    return batchSize(this.deps.client.session.limits.maxObjectsInGet)
  }

  get setSize(): number {
    return batchSize(this.deps.client.session.limits.maxObjectsInSet)
  }

  /** Why nothing may be fetched ahead now. */
  spares(): ReturnType<Device['spares']> {
    return this.sparesNothing ? undefined : this.deps.device.spares()
  }

  get isStopped(): boolean {
    return this.#abort.signal.aborted
  }

  stop(): void {
    this.#abort.abort(new Stopped())
  }

  /** Rejects when the engine stops. */
  sleep(ms: number): Promise<void> {
    return sleep(this.deps.clock, ms, this.#abort.signal)
  }

  async afterRows(): Promise<AfterRows> {
    const code = await this.deps.afterRows()
    this.#abort.signal.throwIfAborted()
    return code
  }

  /** `[name, {accountId, …args}, callId]`. */
  call(name: string, args: Record<string, unknown>, callId: string): Invocation {
    return [name, { accountId: this.deps.accountId, ...args }, callId]
  }

  /**
   * What changes something at the server leaves under a guard as well: a tab that was stopped while its request waited for
   * its turn would send an old word after the new leader's newer one. Throws `Deposed` then; it was not sent.
   */
  async request(
    calls: readonly Invocation[],
    priority: RequestOptions['priority'] = 'background',
  ): Promise<JmapResponse> {
    const { signal } = this.#abort
    signal.throwIfAborted()
    const isWriting = calls.some(([name]) => name.endsWith('/set'))
    const guard = isWriting ? { mayLeave: () => this.write({}, () => Promise.resolve()) } : {}
    const response = await this.deps.client.request(calls, { priority, signal, ...guard })
    signal.throwIfAborted()
    return response
  }

  /** One guarded transaction (R1). Throws `Deposed` or `Conflict`; then nothing was written. */
  async write<T>(states: Tokens, body: (tx: WriteTx) => Promise<T>, durability?: WriteGuard['durability']): Promise<T> {
    this.#abort.signal.throwIfAborted()
    const outcome = await this.replica.write({ epoch: this.epoch, states, durability }, body)
    if (outcome.kind === 'deposed') throw new Deposed()
    if (outcome.kind === 'conflict') throw new Conflict()
    return outcome.value
  }

  async tokens(): Promise<Required<Pick<Record<StateType, State | undefined>, 'Mailbox' | 'Email' | 'Thread'>>> {
    const [mailbox, email, thread] = await Promise.all([
      this.replica.state('Mailbox'),
      this.replica.state('Email'),
      this.replica.state('Thread'),
    ])
    return { Mailbox: mailbox, Email: email, Thread: thread }
  }
}
