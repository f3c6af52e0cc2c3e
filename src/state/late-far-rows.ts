/**
 * `FarRows` once they are needed: their code is a chunk of its own, since most lists are never read below what this
 * device holds. Until then nothing is known there, and the mailbox's count is the list's.
 */
import type { FarRows, FarRowsInput, FarView } from './far-rows.ts'
import type { ThreadId } from '../jmap/types.ts'
import type { RowKey, ThreadRow } from '../mail/list.ts'
import type { ListWindow } from '../replica/replica.ts'
import type { OpenAccount } from './open-account.ts'
import type { MailList } from './mail-list.ts'

export class LateFarRows {
  readonly #input: FarRowsInput
  #rows: FarRows | undefined
  /** What is to be asked as soon as there is somebody to ask. */
  #wanted: Parameters<FarRows['want']> | undefined
  #didNotLoad = false

  constructor(input: FarRowsInput) {
    this.#input = input
  }

  get isEmpty(): boolean {
    return this.#rows?.isEmpty ?? true
  }

  get hasFailed(): boolean {
    return this.#didNotLoad || this.#rows?.hasFailed === true
  }

  total(known: number | undefined): number | undefined {
    return this.#rows ? this.#rows.total(known) : known
  }

  row(total: number | undefined, position: number): ThreadRow | undefined {
    return this.#rows?.row(total, position)
  }

  positionOf(total: number | undefined, key: RowKey): number {
    return this.#rows?.positionOf(total, key) ?? -1
  }

  /** These positions are on screen, and `ahead` below them may be next. */
  want(view: FarView, first: number, last: number, ahead: number): void {
    if (this.#rows) {
      this.#rows.want(view, first, last, ahead)
      return
    }
    // While the engine keeps older mail, the rows below those on screen are on their way by themselves.
    const { phase, isFilling } = this.#input.account.port.status
    const isAtRest = phase === 'ready' && !isFilling
    if (this.#didNotLoad || view.covered > (isAtRest ? last + ahead : last)) return
    if (this.#wanted === undefined) void this.#load()
    this.#wanted = [view, first, last, ahead]
  }

  noticed(...notice: Parameters<FarRows['noticed']>): void {
    this.#rows?.noticed(...notice)
  }

  async reread(touched?: ReadonlySet<ThreadId>): Promise<number> {
    return (await this.#rows?.reread(touched)) ?? 0
  }

  counted(): void {
    this.#rows?.counted()
  }

  retry(): void {
    this.#didNotLoad = false
    this.#rows?.retry()
  }

  clear(): void {
    this.#rows?.clear()
  }

  stop(): void {
    this.#rows?.stop()
  }

  async #load(): Promise<void> {
    try {
      const { FarRows } = await import('./far-rows.ts')
      this.#rows = new FarRows(this.#input)
      if (this.#wanted) this.#rows.want(...this.#wanted)
    } catch {
      // Shown like rows that could not be fetched, which they are.
      this.#didNotLoad = true
      this.#input.changed()
    } finally {
      this.#wanted = undefined
    }
  }
}

/** A stretch that reaches below what is here. Offline it is what is here. */
export async function withRowsBelow(
  account: OpenAccount,
  list: Pick<MailList, 'query' | 'row'>,
  first: number,
  last: number,
  { rows, covered }: Pick<ListWindow, 'rows' | 'covered'>,
): Promise<readonly ThreadRow[]> {
  try {
    const { rowsBelow } = await import('./rows-below.ts')
    return [...rows, ...(await rowsBelow(account, list, { first, last, covered }))]
  } catch {
    return rows
  }
}
