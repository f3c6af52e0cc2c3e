/**
 * What of an account is kept on this device, as the reader chose: bodies and files of the rows that are here, room made
 * and given up. A chunk of its own, fetched once the account has been quiet for a while.
 */
import type { BlobId } from '../../jmap/types.ts'
import { DEFAULT_KEEP, type KeepPolicy } from '../../mail/keep-policy.ts'
import { dropFiles, putFile, readFile } from '../../replica/kept/kept-files.ts'
import { keptSize, SIZE_STORES } from '../../replica/kept/kept-size.ts'
import type { AccountContext } from '../account-context.ts'
import type { KeepRequest, Kept } from '../engine-port.ts'
import type { EngineParts } from '../engine-work.ts'
import { KEPT_PARTLY, KEPT_TOO_MUCH, KEPT_WHOLE } from '../keep-state.ts'
import type { OlderRows } from '../older-rows.ts'
import { Ahead } from './ahead.ts'
import { fillGaps } from './fill-gaps.ts'
import { eraseKept, tidy } from './tidy.ts'
import { trim } from './trim.ts'

/** A row is opened, a picture is shown: files up to this size stay beside an opened letter. */
const OPENED_BYTES = 2_000_000

export class Keep {
  readonly #ctx: AccountContext
  readonly #engine: EngineParts
  readonly #rows: OlderRows
  readonly #ahead: Ahead
  #policy: KeepPolicy

  static async create(ctx: AccountContext, engine: EngineParts, rows: OlderRows): Promise<Keep> {
    const files = await ctx.replica.read(['meta'], (tx) => tx.get('meta', 'keepFiles'))
    // Limits from outside are for rows alone.
    const days = ctx.deps.keep ? 0 : ctx.keepDays
    return new Keep(ctx, engine, { rows, policy: { days, files: files?.value ?? DEFAULT_KEEP.files } })
  }

  private constructor(
    ctx: AccountContext,
    engine: EngineParts,
    { rows, policy }: { rows: OlderRows; policy: KeepPolicy },
  ) {
    this.#ctx = ctx
    this.#engine = engine
    this.#rows = rows
    this.#policy = policy
    this.#ahead = new Ahead(ctx, engine, policy, {
      progressed: (done) => this.#didKeep(done),
      tidy: () => this.#tidy(),
    })
    this.#say()
  }

  /** Rows are here as far down as they are to be: now what belongs to them. */
  start(): void {
    this.#ahead.start(this.#policy, this.#rows.kept)
  }

  /** New mail is here. */
  didArrive(): void {
    this.#ahead.didArrive()
  }

  /** Somebody looks again. */
  wake(): void {
    this.#ahead.wake()
  }

  async handle({ policy, erase, now }: KeepRequest): Promise<Kept> {
    if (policy && !this.#ctx.deps.keep) await this.#choose(policy)
    if (erase) await eraseKept(this.#ctx)
    if (now) this.#ctx.sparesNothing = true
    return this.#ctx.replica.read(SIZE_STORES, keptSize)
  }

  /** The lane's: all rows are here, says the server's order. */
  fillGaps(): Promise<boolean> {
    return fillGaps(this.#ctx)
  }

  /** The lane's: the reader has chosen less. */
  async trim(): Promise<void> {
    const { days } = this.#policy
    this.#rows.kept -= await trim(this.#ctx, this.#rows.limits, (use) => days > 0 && use.isOpened === true)
    await this.#note(KEPT_PARTLY)
  }

  /** A part of a letter: from here, or as it is downloaded, kept if it is small enough. */
  async file(
    { blobId, type }: { readonly blobId: BlobId; readonly type: string },
    download: () => Promise<Blob>,
  ): Promise<Blob> {
    const { clock, log } = this.#ctx.deps
    const known = await this.#ctx.write({}, (tx) => readFile(tx.kept, blobId, clock.now()))
    if (known) return new Blob([known], { type })
    const blob = await download()
    if (blob.size > Math.max(OPENED_BYTES, this.#policy.files)) return blob
    try {
      const data = await blob.arrayBuffer()
      const use = { blobId, lastUsed: clock.now(), bytes: data.byteLength, isInline: type.startsWith('image/') }
      await this.#ctx.write({}, (tx) => {
        putFile(tx.kept, use, data)
        return Promise.resolve()
      })
    } catch (error) {
      log.info('a file could not be kept', error)
    }
    return blob
  }

  async #choose(policy: KeepPolicy): Promise<void> {
    const old = this.#policy
    if (policy.days === old.days && policy.files === old.files) return
    const mustTrim = policy.days < old.days || this.#ctx.keepState === KEPT_TOO_MUCH
    this.#policy = policy
    this.#ctx.keepDays = policy.days
    this.#ctx.keepState = mustTrim ? KEPT_TOO_MUCH : KEPT_PARTLY
    await this.#ctx.write({}, async ({ kept }) => {
      kept.put('meta', { name: 'keepDays', value: policy.days })
      kept.put('meta', { name: 'keepFiles', value: policy.files })
      kept.put('meta', { name: 'keepState', value: this.#ctx.keepState })
      // The reader wants more: room is asked for anew.
      kept.delete('meta', 'fullAt')
      if (policy.files >= old.files) return
      await dropFiles(kept, (use) => !use.isInline && use.bytes > policy.files)
      for (const use of await kept.getAll('bodyUses')) {
        if ((use.filesTo ?? -1) > policy.files) kept.put('bodyUses', { ...use, filesTo: policy.files })
      }
    })
    this.#engine.status.update({ lettersDone: 0 })
    this.#say()
  }

  async #tidy(): Promise<void> {
    if (!this.#ctx.deps.keep) await tidy(this.#ctx, this.#policy)
    // Nothing is fetched ahead: with its rows all is here.
    if (this.#policy.days === 0) await this.#didKeep(1)
  }

  /** What was all here once is kept up quietly. */
  async #didKeep(done: number): Promise<void> {
    if (this.#ctx.keepState === KEPT_WHOLE) return
    if (done === 1) await this.#note(KEPT_WHOLE)
    this.#engine.status.update({ lettersDone: done })
  }

  async #note(value: number): Promise<void> {
    this.#ctx.keepState = value
    await this.#ctx.write({}, ({ kept }) => {
      kept.put('meta', { name: 'keepState', value })
      return Promise.resolve()
    })
  }

  #say(): void {
    const { days } = this.#policy
    const keeps = days === Infinity ? 'all' : days === 0 && !this.#ctx.deps.keep ? 'none' : undefined
    this.#engine.status.update({ keeps })
  }
}
