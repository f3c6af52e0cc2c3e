/**
 * One pass over what is to be kept, the newest first: bodies, then their files. What is here is not asked for again: the
 * stores are the cursor, so the next pass goes on where this one was stopped. One request for each step.
 */
import { JmapError } from '../../jmap/errors.ts'
import type { EmailBody, EmailId } from '../../jmap/types.ts'
import type { KeepPolicy } from '../../mail/keep-policy.ts'
import { putFile } from '../../replica/kept/kept-files.ts'
import type { AccountContext } from '../account-context.ts'
import { MethodFailure } from '../sync-errors.ts'
import { keepNow } from './keep-now.ts'
import { Walk } from './walk.ts'
import { wantedFiles, type WantedFile } from './wanted-files.ts'

/** Of whole messages in one request: on a slow line no more than a reader can wait behind. */
const BYTES_PER_REQUEST = 400_000
const LETTERS_PER_REQUEST = 15
const LETTERS_PER_LOOK = 40

interface LetterFile extends WantedFile {
  readonly emailId: EmailId
  readonly receivedAt: number
}

export interface PassOptions {
  readonly policy: KeepPolicy
  /** How many are here. */
  readonly rows: number
  /** What arrived since the last pass stands at the top: this one ends where nothing is lacking. */
  readonly isBrief: boolean
  /** What the server does not have, or refused: asked once while the engine runs, not in a circle. */
  readonly given: Set<string>
}

export class LettersPass {
  readonly #ctx: AccountContext
  readonly #options: PassOptions
  #part: 'bodies' | 'files' | 'done' = 'bodies'
  /** Of this part; begun with its first step. */
  #walk: Walk | undefined
  #progress = 0
  #letters: EmailId[] = []
  #files: LetterFile[] = []

  constructor(ctx: AccountContext, options: PassOptions) {
    this.#ctx = ctx
    this.#options = options
  }

  get isDone(): boolean {
    return this.#part === 'done'
  }

  /** 0 to 1, and never less than before. */
  get progress(): number {
    return this.isDone ? 1 : this.#progress
  }

  async step(): Promise<void> {
    const walk = (this.#walk ??= await this.#newWalk())
    if (this.#part === 'bodies') await this.#bodies(walk)
    else await this.#filesOfLetters(walk)
    const share = this.#part === 'bodies' ? 0.75 * this.#passed() : 0.75 + 0.25 * this.#passed()
    this.#progress = Math.max(this.#progress, share)
  }

  /** Of this part: by date, or where there is no last day by the rows that are here. */
  #passed(): number {
    const { policy, rows } = this.#options
    const { passed = 0, progress = 0 } = this.#walk ?? {}
    const done = policy.days === Infinity ? passed / Math.max(1, rows) : progress
    return Math.min(1, Math.max(0, done - this.#letters.length / Math.max(1, rows)))
  }

  async #bodies(walk: Walk): Promise<void> {
    if (this.#letters.length === 0) {
      const ids = await walk.next()
      const present = await this.#ctx.replica.bodiesPresent(ids ?? [])
      this.#letters = (ids ?? []).filter((id) => !present.has(id) && !this.#options.given.has(id))
      if (!ids || (this.#letters.length === 0 && this.#options.isBrief)) this.#end('files')
      if (this.#letters.length === 0) return
    }
    const batch = await this.#batch()
    try {
      const { fetchBodies } = await this.#ctx.afterRows()
      await fetchBodies(this.#ctx, batch, 'background')
    } catch (error) {
      if (isPassing(error)) throw error
      this.#ctx.deps.log.info('bodies could not be kept', error)
    }
    for (const id of batch) this.#options.given.add(id)
    this.#letters.splice(0, batch.length)
  }

  /** As many as fit into a request that does not keep anybody waiting. */
  async #batch(): Promise<readonly EmailId[]> {
    const ids = this.#letters.slice(0, LETTERS_PER_REQUEST)
    const rows = await this.#ctx.replica.emails(ids)
    let bytes = 0
    const end = rows.findIndex((row, index) => {
      bytes += row?.size ?? 0
      return index > 0 && bytes > BYTES_PER_REQUEST
    })
    return end < 0 ? ids : ids.slice(0, end)
  }

  async #filesOfLetters(walk: Walk): Promise<void> {
    const [file] = this.#files
    if (file) await this.#download(file)
    else if (this.#letters.length > 0) await this.#look(this.#letters.splice(0, LETTERS_PER_LOOK))
    else await this.#nextLetters(walk)
  }

  async #nextLetters(walk: Walk): Promise<void> {
    const ids = await walk.next()
    const uses = await this.#ctx.replica.read(['bodyUses'], (tx) =>
      Promise.all((ids ?? []).map((id) => tx.get('bodyUses', id))),
    )
    const limit = this.#options.policy.files
    this.#letters = uses.flatMap((use) => (use && (use.filesTo ?? -1) < limit ? [use.id] : []))
    if (!ids || (this.#letters.length === 0 && this.#options.isBrief)) this.#end('done')
  }

  /** Letters without such files are done with; the others when theirs are here. */
  async #look(ids: readonly EmailId[]): Promise<void> {
    const [bodies, rows] = await Promise.all([
      this.#ctx.replica.read(['bodies'], (tx) => Promise.all(ids.map((id) => tx.get('bodies', id)))),
      this.#ctx.replica.emails(ids),
    ])
    const wanted = (body: EmailBody, receivedAt: string): LetterFile[] =>
      wantedFiles(body, this.#options.policy.files).map((file) => ({
        ...file,
        emailId: body.id,
        receivedAt: Date.parse(receivedAt),
      }))
    const files = bodies.flatMap((body, index) => (body ? wanted(body, rows[index]?.receivedAt ?? '') : []))
    const known = await this.#ctx.replica.read(['fileUses'], (tx) =>
      Promise.all(files.map((file) => tx.get('fileUses', file.blobId))),
    )
    this.#files = files.filter((file, index) => !known[index] && !this.#options.given.has(file.blobId))
    const lacking = new Set(this.#files.map((file) => file.emailId))
    await this.#didSeeTo(ids.filter((id) => !lacking.has(id)))
  }

  async #download(file: LetterFile): Promise<void> {
    const { accountId, client, clock } = this.#ctx.deps
    const { blobId, type, name, size, emailId, isInline } = file
    try {
      const blob = await client.download({ accountId, blobId, type, name, size }, { priority: 'background' })
      const data = await blob.arrayBuffer()
      const lastUsed = Number.isNaN(file.receivedAt) ? clock.now() : file.receivedAt
      await this.#ctx.write({}, async (tx) => {
        const isHere = (await tx.kept.get('bodyUses', emailId)) !== undefined
        if (isHere) putFile(tx.kept, { blobId, emailId, lastUsed, bytes: data.byteLength, isInline }, data)
      })
    } catch (error) {
      if (isPassing(error) || !(error instanceof JmapError)) throw error
      // The server has it no more, or does not give it: the letter stays without.
      this.#options.given.add(blobId)
    }
    this.#files.shift()
    if (this.#files[0]?.emailId !== emailId) await this.#didSeeTo([emailId])
  }

  async #didSeeTo(ids: readonly EmailId[]): Promise<void> {
    if (ids.length === 0) return
    const filesTo = this.#options.policy.files
    await this.#ctx.write({}, async (tx) => {
      const uses = await Promise.all(ids.map((id) => tx.kept.get('bodyUses', id)))
      for (const use of uses) if (use) tx.kept.put('bodyUses', { ...use, filesTo })
    })
  }

  #end(next: 'files' | 'done'): void {
    this.#part = next
    this.#walk = undefined
    this.#letters = []
  }

  async #newWalk(): Promise<Walk> {
    return new Walk(this.#ctx.replica, await keepNow(this.#ctx), this.#options.policy.days)
  }
}

/** It may work the next time. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof JmapError)) return !(error instanceof MethodFailure)
  return ['network', 'timeout', 'aborted', 'busy', 'limit', 'unauthorized'].includes(error.kind)
}
