/**
 * The replica over a message port, for private mode: the worker holds a MemoryReplica, the page asks it. Only reads
 * and user actions cross; the engine's writes stay where the replica is.
 */
import { PAGE_METHODS, type PageMethod, type PageReads } from './page-methods.ts'
import type { ChangeNotice } from './replica.ts'

/** The part of `MessagePort` that is used. Values are copied on the way, as by structured clone. */
export interface PortLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  /** A MessagePort delivers nothing before it is started. */
  start?(): void
}

interface Question {
  readonly replica: 'ask'
  readonly id: number
  readonly method: PageMethod
  readonly args: readonly unknown[]
}

type Answer =
  | { readonly replica: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly replica: 'failed'; readonly id: number; readonly reason: string }
  | { readonly replica: 'changed'; readonly notice: ChangeNotice }

/** As a list: a name from a message is never looked up on the object itself. */
const METHODS: ReadonlySet<string> = new Set(PAGE_METHODS)

/** Answers questions from the port until the returned function is called. */
export function serveReplica(replica: PageReads, port: PortLike): () => void {
  const say = (answer: Answer): void => port.postMessage(answer)
  const onMessage = ({ data }: { readonly data: unknown }): void => {
    if (!isQuestion(data)) return
    const { id, method, args } = data
    ask(replica, method, args).then(
      (value) => say({ replica: 'answer', id, value }),
      (error: unknown) =>
        say({ replica: 'failed', id, reason: error instanceof Error ? error.message : String(error) }),
    )
  }
  port.addEventListener('message', onMessage)
  const unsubscribe = replica.subscribe((notice) => say({ replica: 'changed', notice }))
  port.start?.()
  return () => {
    unsubscribe()
    port.removeEventListener('message', onMessage)
  }
}

/** All may have changed. */
export function sayAll(port: PortLike): void {
  port.postMessage({ replica: 'changed', notice: { all: true } } satisfies Answer)
}

async function ask(replica: PageReads, method: PageMethod, args: readonly unknown[]): Promise<unknown> {
  return (replica[method] as (...args: readonly unknown[]) => Promise<unknown>)(...args)
}

function isQuestion(data: unknown): data is Question {
  const question = data as Partial<Question> | null | undefined
  return question?.replica === 'ask' && METHODS.has(question.method ?? '')
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

export class RemoteReplica implements PageReads {
  readonly #port: PortLike
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<(notice: ChangeNotice) => void>()
  readonly #onMessage: (event: { readonly data: unknown }) => void
  #lastId = 0

  constructor(port: PortLike) {
    this.#port = port
    this.#onMessage = ({ data }) => this.#didHear(data as Answer | null)
    port.addEventListener('message', this.#onMessage)
    port.start?.()
  }

  readonly mailboxes = this.#asker('mailboxes')
  readonly identities = this.#asker('identities')
  readonly listWindow = this.#asker('listWindow')
  readonly rows = this.#asker('rows')
  readonly islands = this.#asker('islands')
  readonly positionOf = this.#asker('positionOf')
  readonly thread = this.#asker('thread')
  readonly emails = this.#asker('emails')
  readonly body = this.#asker('body')
  readonly bodiesPresent = this.#asker('bodiesPresent')
  readonly outbox = this.#asker('outbox')
  readonly syncedAt = this.#asker('syncedAt')
  readonly settings = this.#asker('settings')
  readonly appendMutation = this.#asker('appendMutation')
  readonly discardMutation = this.#asker('discardMutation')
  readonly retryMutation = this.#asker('retryMutation')

  subscribe(listener: (notice: ChangeNotice) => void): () => void {
    const entry = (notice: ChangeNotice): void => listener(notice)
    this.#listeners.add(entry)
    return () => {
      this.#listeners.delete(entry)
    }
  }

  close(): void {
    this.#port.removeEventListener('message', this.#onMessage)
    this.#listeners.clear()
    for (const { reject } of this.#waiting.values()) reject(new Error('The replica is closed.'))
    this.#waiting.clear()
  }

  #asker<M extends PageMethod>(method: M): PageReads[M] {
    const asker = (...args: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++this.#lastId
        this.#waiting.set(id, { resolve, reject })
        this.#port.postMessage({ replica: 'ask', id, method, args } satisfies Question)
      })
    // The other side calls the method of this very name with these arguments.
    return asker as PageReads[M]
  }

  #didHear(answer: Answer | null): void {
    switch (answer?.replica) {
      case 'changed':
        for (const listener of [...this.#listeners]) listener(answer.notice)
        return
      case 'answer':
        this.#take(answer.id)?.resolve(answer.value)
        return
      case 'failed':
        this.#take(answer.id)?.reject(new Error(answer.reason))
        return
      default:
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }
}
