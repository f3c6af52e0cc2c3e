/**
 * Keeps bodies and files of older mail while nobody waits for anything else: one request at a time, none while hidden,
 * none that the reader pays for, none without room.
 */
import { JmapError } from '../../jmap/errors.ts'
import type { KeepPolicy } from '../../mail/keep-policy.ts'
import type { AccountContext } from '../account-context.ts'
import type { AccountStatus } from '../engine-port.ts'
import { KEEP_LATER_MS } from '../engine-timers.ts'
import type { EngineParts } from '../engine-work.ts'
import { Deposed, Stopped } from '../sync-errors.ts'
import { LettersPass } from './letters-pass.ts'
import { hasRoom } from './room.ts'

/** Between two requests, so that a phone's radio and the page's own requests get a turn. */
const PAUSE_MS = 50
const BUSY_MS = 300
const TIDY_MS = 600_000
/** How many steps go by one look at the room. */
const ROOM_STEPS = 20

export interface AheadEvents {
  /** 0 to 1. */
  progressed(done: number): Promise<void>
  /** After the first pass by a policy, and every ten minutes. */
  tidy(): Promise<void>
}

export class Ahead {
  readonly #ctx: AccountContext
  readonly #engine: EngineParts
  readonly #events: AheadEvents
  readonly #given = new Set<string>()
  #policy: KeepPolicy
  #pass: LettersPass | undefined
  /** All was gone through once. */
  #isWhole = false
  #isTurning = false
  #rows = 0
  #steps = 0
  /** Not before: whoever only looks again must not make the whole be gone through. */
  #tidyAt = 0

  constructor(ctx: AccountContext, engine: EngineParts, policy: KeepPolicy, events: AheadEvents) {
    this.#ctx = ctx
    this.#engine = engine
    this.#policy = policy
    this.#events = events
  }

  /** Rows are here: now what belongs to them. */
  start(policy: KeepPolicy, rows: number): void {
    this.#policy = policy
    this.#rows = rows
    this.#isWhole = false
    this.#tidyAt = 0
    this.#begin()
  }

  didArrive(): void {
    if (!this.#pass) this.#begin()
  }

  wake(): void {
    void this.#turn()
  }

  /** Why nothing may be fetched ahead now. */
  async #waits(): Promise<AccountStatus['keepWaits']> {
    const spares = this.#ctx.spares()
    if (spares) return spares
    this.#steps += 1
    return this.#steps % ROOM_STEPS !== 1 || (await hasRoom(this.#ctx)) ? undefined : 'room'
  }

  #begin(): void {
    this.#steps = 0
    const { days } = this.#policy
    this.#pass = days > 0 ? this.#newPass() : undefined
    this.wake()
  }

  #newPass(): LettersPass {
    return new LettersPass(this.#ctx, {
      policy: this.#policy,
      rows: this.#rows,
      isBrief: this.#isWhole,
      given: this.#given,
    })
  }

  async #turn(): Promise<void> {
    if (this.#isTurning || this.#ctx.isStopped || !this.#ctx.attention.visible) return
    this.#isTurning = true
    const next = await this.#step().catch((error: unknown) => this.#afterFailure(error))
    this.#isTurning = false
    if (next !== undefined) this.#engine.timers.set('keep', next, () => this.wake())
  }

  /** Answers in how many milliseconds to go on. */
  async #step(): Promise<number> {
    const pass = this.#pass
    if (!pass) {
      const wait = this.#tidyAt - this.#ctx.deps.clock.monotonic()
      if (wait > 0) return wait
      this.#tidyAt = this.#ctx.deps.clock.monotonic() + TIDY_MS
      await this.#events.tidy()
      // Unless it was begun anew meanwhile.
      return this.#isIdle() ? TIDY_MS : PAUSE_MS
    }
    const keepWaits = await this.#waits()
    this.#engine.status.update({ keepWaits })
    if (keepWaits) {
      this.#steps = 0
      return KEEP_LATER_MS
    }
    if (this.#engine.isBusy()) return BUSY_MS
    await pass.step()
    if (this.#pass !== pass) return PAUSE_MS
    if (pass.isDone) {
      this.#isWhole = true
      this.#pass = undefined
    }
    await this.#events.progressed(pass.progress)
    return this.#pass ? PAUSE_MS : 0
  }

  #isIdle(): boolean {
    return this.#pass === undefined
  }

  #afterFailure(error: unknown): number | undefined {
    if (error instanceof Stopped || error instanceof Deposed) return undefined
    this.#ctx.deps.log.debug('keeping older mail failed', error)
    return Math.max(KEEP_LATER_MS, (error instanceof JmapError ? error.retryAfterMs : undefined) ?? 0)
  }
}
