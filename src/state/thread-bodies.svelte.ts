/** The bodies of one conversation: read from the replica, asked of the engine when they are not here. */
import { LiveMap } from './live-map.svelte.ts'
import { loadProblem } from './thread-problem.ts'
import type { LoadProblem } from './thread-problem.ts'
import type { OpenAccount } from './open-account.ts'
import type { EmailBody, EmailId } from '../jmap/types.ts'
import type { ChangeNotice } from '../replica/replica.ts'

export type BodyState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly body: EmailBody }
  | { readonly kind: 'absent'; readonly problem: LoadProblem }

const loading: BodyState = { kind: 'loading' }

export class ThreadBodies {
  readonly #account: OpenAccount
  readonly #states = new LiveMap<EmailId, BodyState>()

  constructor(account: OpenAccount) {
    this.#account = account
  }

  /** What is known of a letter's body; loading until it was asked for. */
  of(id: EmailId): BodyState {
    return this.#states.get(id) ?? loading
  }

  /** Takes bodies that were read ahead. */
  put(bodies: readonly EmailBody[]): void {
    for (const body of bodies) this.#states.set(body.id, this.#ready(body))
  }

  /** Makes sure that these come, each by itself: a letter that is here never waits for one that is not. */
  want(ids: Iterable<EmailId>): void {
    for (const id of ids) {
      if (this.#states.has(id)) continue
      this.#states.set(id, loading)
      void this.#load(id)
    }
  }

  /** The way to the server may be open again, or the reader asks. */
  retry(): void {
    for (const [id, state] of this.#states.entries()) {
      if (state.kind === 'ready') this.#ready(state.body)
      if (state.kind !== 'absent') continue
      this.#states.set(id, loading)
      void this.#load(id)
    }
  }

  /** Bodies never change: a notice matters only for what is not here yet, or not whole. */
  didChange(notice: ChangeNotice): void {
    for (const id of notice.bodyIds ?? []) {
      const state = this.#states.get(id)
      if (state?.kind === 'absent' || (state?.kind === 'ready' && !state.body.trace)) void this.#load(id)
    }
  }

  /** The Email lives on under another id; its body is the same (architecture B6.5a). */
  rekey(dead: EmailId, alive: EmailId): void {
    const state = this.#states.get(dead)
    if (state?.kind !== 'ready') return
    this.#states.set(alive, { kind: 'ready', body: { ...state.body, id: alive } })
  }

  /** One that an earlier build kept is shown as it is; what is missing comes with a notice, where there is a way to it. */
  #ready(body: EmailBody): BodyState {
    if (!body.trace) void this.#account.port.fetchBodies([body.id]).catch(() => undefined)
    return { kind: 'ready', body }
  }

  async #load(id: EmailId): Promise<void> {
    this.#states.set(id, await this.#read(id))
  }

  async #read(id: EmailId): Promise<BodyState> {
    const { replica, port } = this.#account
    try {
      const here = await replica.body(id)
      if (here) return this.#ready(here)
      await port.fetchBodies([id])
      const body = await replica.body(id)
      return body ? { kind: 'ready', body } : { kind: 'absent', problem: 'gone' }
    } catch (error) {
      return { kind: 'absent', problem: loadProblem(error) }
    }
  }
}
