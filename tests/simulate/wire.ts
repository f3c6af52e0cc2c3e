/**
 * Between the tabs and the server: faults, one request at a time at the server, what each wrote, and the promises that
 * every client makes to a server (I5 limits, I6 Retry-After).
 */
import type { JmapServer, MailAccount } from '../../demo/server/jmap-server.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Session } from '../../src/jmap/session.ts'
import type { Invocation } from '../../src/jmap/types.ts'
import type { Armed, Fault, RetryAfter } from './faults.ts'
import type { Ledger, Word } from './ledger.ts'
import type { MailboxNames } from './mailbox-names.ts'

/** One client, as the server would know it: what it was told holds for it. */
export interface Peer {
  readonly device: string
  readonly tab: string
  /** Lives, and holds the lock. */
  isLeader(): boolean
  busyUntil: number
  inFlight: number
}

export interface Post {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
  /** Of an API request. */
  readonly calls: readonly Invocation[]
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

type Patches = Record<string, Record<string, unknown>>
type Refused = Readonly<Record<'notCreated' | 'notUpdated' | 'notDestroyed', readonly string[]>>

/** What writes what users did. */
export const WRITING: readonly string[] = ['Email/set', 'Mailbox/set']

/** Each way. Requests keep their order on the way there: who took over acts upon what the one before has done. */
const LATENCY_MS = 8
const PAGE = '<!doctype html><title>Welcome</title><h1>Sign in to this network</h1>'

export interface WireDeps {
  readonly server: JmapServer
  readonly account: MailAccount
  readonly clock: Clock
  readonly session: Session
  readonly ledger: Ledger
  readonly names: MailboxNames
  readonly trace: (line: string) => void
  readonly breach: (invariant: string, what: string) => void
}

export class Wire {
  /** Whose request the server works on. */
  author: string | undefined
  /** Devices without a network, and those whose credentials are refused. */
  readonly offline = new Set<string>()
  readonly lockedOut = new Set<string>()
  readonly #armed = new Map<string, Armed[]>()
  readonly #deps: WireDeps
  #last: Promise<unknown> = Promise.resolve()
  #inside = 0

  constructor(deps: WireDeps) {
    this.#deps = deps
  }

  get isBusy(): boolean {
    return this.#inside > 0
  }

  arm(device: string, armed: Armed): void {
    this.#armed.set(device, [...(this.#armed.get(device) ?? []), armed])
  }

  heal(): void {
    this.#armed.clear()
    this.offline.clear()
    this.lockedOut.clear()
  }

  async send(peer: Peer, post: Post, signal: AbortSignal): Promise<Response> {
    const { calls } = post
    this.#checkManners(peer, post)
    if (this.offline.has(peer.device)) {
      this.#deps.trace(`${peer.tab} offline`)
      throw new TypeError('Failed to fetch')
    }
    const fault = this.#take(peer.device, calls)
    this.#deps.trace(
      `${peer.tab} ${calls.map(([name]) => name).join(' ')} ${fault?.kind ?? ''} ${post.body?.length ?? 0}`,
    )
    const free = occupy(peer, signal)
    try {
      const answer = this.lockedOut.has(peer.device)
        ? { status: 401, headers: {}, body: '' }
        : await this.#wait(LATENCY_MS).then(() => this.#withFault(peer, post, fault))
      await this.#wait(LATENCY_MS)
      this.#deps.trace(`${peer.tab} ${answer.status} ${answer.body.length}`)
      this.#noteWait(peer, answer)
      const { status, headers, body } = answer
      return new Response(status === 204 ? null : body, { status, headers })
    } finally {
      free()
    }
  }

  async stream(peer: Peer, post: Post): Promise<Response> {
    if (this.offline.has(peer.device)) throw new TypeError('Failed to fetch')
    if (this.lockedOut.has(peer.device)) return new Response('', { status: 401 })
    const { url, headers } = post
    return this.#inServer(() => this.#deps.server.fetch(new Request(url, { headers })))
  }

  async #withFault(peer: Peer, post: Post, fault: Fault | undefined): Promise<Answer> {
    switch (fault?.kind) {
      case 'dropBefore':
        throw new TypeError('Failed to fetch')
      case 'status':
        return { status: fault.status, headers: this.#retryHeader(fault.retryAfter), body: '' }
      case 'html':
        return { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE }
      case 'dropAfter':
        await this.#execute(peer, post)
        await this.#wait(fault.ms)
        throw new TypeError('Failed to fetch')
      case 'delay': {
        const answer = await this.#execute(peer, post)
        await this.#wait(fault.ms)
        return answer
      }
      case 'duplicate':
        await this.#execute(peer, post)
        return this.#execute(peer, post)
      case 'truncate': {
        const answer = await this.#execute(peer, post)
        return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * fault.part)) }
      }
      case 'methodError': {
        const [method] = post.calls[fault.which % Math.max(1, post.calls.length)] ?? ['Email/get']
        // Only /changes may say that (RFC 8620 §5.2).
        const type = fault.type === 'cannotCalculateChanges' && !method.endsWith('/changes') ? 'serverFail' : fault.type
        const remove = this.#deps.server.faults.add({ match: { method, nth: 1 }, do: { kind: 'methodError', type } })
        const answer = await this.#execute(peer, post)
        remove()
        return answer
      }
      case 'refused':
        return this.#refuse(peer, post, fault)
      default:
        return this.#execute(peer, post)
    }
  }

  /** The server takes some of what is to be set, and refuses the rest. */
  async #refuse(peer: Peer, post: Post, fault: Extract<Fault, { kind: 'refused' }>): Promise<Answer> {
    const request = JSON.parse(post.body ?? '{}') as { methodCalls: Invocation[] }
    const random = seededRandom(fault.roll)
    const refused = new Map<string, Refused>()
    for (const [name, args, callId] of request.methodCalls) {
      if (!WRITING.includes(name)) continue
      const [create, update] = (['create', 'update'] as const).map((part) => {
        const all = Object.entries((args[part] ?? {}) as Patches)
        const keys = all.map(([key]) => key).filter(() => random.next() < fault.part)
        if (keys.length > 0) args[part] = Object.fromEntries(all.filter(([key]) => !keys.includes(key)))
        return keys
      })
      const destroy = ((args['destroy'] ?? []) as string[]).filter(() => random.next() < fault.part)
      if (destroy.length > 0) args['destroy'] = (args['destroy'] as string[]).filter((id) => !destroy.includes(id))
      refused.set(callId, { notCreated: create ?? [], notUpdated: update ?? [], notDestroyed: destroy })
    }
    const answer = await this.#execute(peer, { ...post, body: JSON.stringify(request), calls: request.methodCalls })
    if (answer.status !== 200) return answer
    const told = JSON.parse(answer.body) as { methodResponses: Invocation[] }
    for (const [name, args, callId] of told.methodResponses) {
      const one = refused.get(callId)
      if (!WRITING.includes(name) || !one) continue
      for (const [part, ids] of Object.entries(one) as [keyof Refused, readonly string[]][])
        args[part] = {
          ...(args[part] as object | null),
          ...Object.fromEntries(ids.map((id) => [id, { type: fault.type }])),
        }
    }
    return { ...answer, body: JSON.stringify(told) }
  }

  async #execute(peer: Peer, post: Post): Promise<Answer> {
    return this.#inServer(async () => {
      const { emails, deadIds } = this.#deps.account
      const writes = post.calls.some(([name]) => WRITING.includes(name))
      const blobs = new Map(writes ? [...emails.values()].map(({ id, blobId }) => [id, blobId]) : [])
      if (writes) for (const [dead, { email }] of deadIds) blobs.set(dead, email.blobId)
      this.author = peer.device
      const { url, method, headers, body } = post
      const response = await this.#deps.server.fetch(
        new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
      )
      const answer: Answer = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      }
      this.author = undefined
      this.#note(peer, post, answer, blobs)
      return answer
    })
  }

  /** One after the other, so that it is known who wrote what. */
  #inServer<T>(work: () => Promise<T>): Promise<T> {
    this.#inside += 1
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined).finally(() => (this.#inside -= 1))
    return done
  }

  #note(peer: Peer, post: Post, answer: Answer, blobs: ReadonlyMap<string, string>): void {
    const { breach, ledger, names } = this.#deps
    if (answer.status === 400) breach('I5', `${peer.tab} was refused: ${answer.body.slice(0, 300)}`)
    if (answer.status !== 200) return
    const { calls } = post
    if (blobs.size === 0 && !answer.body.includes('"requestTooLarge"')) return
    const { methodResponses } = JSON.parse(answer.body) as { methodResponses: Invocation[] }
    for (const [name, args, callId] of methodResponses) {
      const asked = calls.find(([method, , id]) => (method === name || name === 'error') && id === callId)?.[1]
      // How many "all of them" and a reference are nobody knows before: those are asked for by their ids then.
      if (
        name === 'error' &&
        args['type'] === 'requestTooLarge' &&
        (Array.isArray(asked?.['ids']) || isSet(calls, callId))
      )
        breach('I5', `${peer.tab}: ${callId} names too many objects`)
      if (!asked) continue
      const patches = (asked['update'] ?? {}) as Patches
      const check = (id: string, word: Word): void => {
        // What a tab that is gone had sent before may arrive after it was taken back: nobody can tell.
        if (peer.isLeader() && ledger.isTakenBack(peer.device, word))
          breach('I4', `${peer.tab} writes ${word.property}=${String(word.value)} on ${id}, which was taken back`)
      }
      const updated = Object.keys(args['updated'] ?? {}).flatMap((id) =>
        Object.entries(patches[id] ?? {}).map(([property, value]) => ({ id, property, value })),
      )
      const destroyed = (args['destroyed'] ?? []) as string[]
      if (name === 'Email/set') {
        const wrote = (id: string, property: string, value: boolean): void => {
          const word = { blobId: blobs.get(id) ?? '', property, value }
          ledger.wrote(peer.device, word)
          check(id, word)
        }
        for (const { id, property, value } of updated) wrote(id, property, value === true)
        for (const id of destroyed) wrote(id, 'destroyed', true)
      }
      if (name === 'Mailbox/set') {
        // The server itself tells what of that it did.
        for (const { id, property, value } of updated)
          check(id, { blobId: names.subjectOf(id), property, value: value as Word['value'] })
        for (const id of destroyed) check(id, { blobId: names.subjectOf(id), property: 'exists', value: false })
      }
    }
  }

  #checkManners(peer: Peer, post: Post): void {
    const { breach, clock, session } = this.#deps
    const early = peer.busyUntil - clock.now()
    if (early > 0) breach('I6', `${peer.tab} asks ${early} ms before it may`)
    if (peer.inFlight + 1 > session.limits.maxConcurrentRequests)
      breach('I5', `${peer.tab} asks too many things at once`)
    if ((post.body?.length ?? 0) > session.limits.maxSizeRequest) breach('I5', `${peer.tab} sends too much`)
  }

  #noteWait(peer: Peer, { status, headers }: Answer): void {
    const value = headers['retry-after']
    if ((status !== 429 && status !== 503) || value === undefined) return
    const until = /^\d+$/.test(value) ? this.#deps.clock.now() + Number(value) * 1000 : Date.parse(value)
    if (!Number.isNaN(until)) peer.busyUntil = Math.max(peer.busyUntil, until)
  }

  #retryHeader(after: RetryAfter | undefined): Record<string, string> {
    if (!after) return {}
    const { seconds, form } = after
    if (form === 'seconds') return { 'retry-after': String(seconds) }
    if (form === 'garbage') return { 'retry-after': 'in a while' }
    return { 'retry-after': new Date(this.#deps.clock.now() + seconds * 1000).toUTCString() }
  }

  #take(device: string, calls: readonly Invocation[]): Fault | undefined {
    if (calls.length === 0) return undefined
    const armed = this.#armed.get(device) ?? []
    const is = {
      set: calls.some(([name]) => WRITING.includes(name)),
      window: calls.some(([name, args]) => name === 'Email/query' && args['calculateTotal'] === true),
    }
    const index = armed.findIndex(({ waitsFor }) => waitsFor === undefined || is[waitsFor])
    return index < 0 ? undefined : armed.splice(index, 1)[0]?.fault
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#deps.clock.after(ms, () => resolve()))
  }
}

/** A request that was given up is closed, and counts no more. */
function occupy(peer: Peer, signal: AbortSignal): () => void {
  let isOpen = true
  peer.inFlight += 1
  const free = (): void => {
    if (isOpen) peer.inFlight -= 1
    isOpen = false
  }
  signal.addEventListener('abort', free, { once: true })
  return free
}

function isSet(calls: readonly Invocation[], callId: string): boolean {
  return calls.some(([name, , id]) => WRITING.includes(name) && id === callId)
}

/** The calls of an API request. */
export function callsOf(body: string | undefined): readonly Invocation[] {
  if (body === undefined || body === '') return []
  return (JSON.parse(body) as { methodCalls?: Invocation[] }).methodCalls ?? []
}
