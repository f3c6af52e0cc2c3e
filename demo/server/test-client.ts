/** What the tests of this folder sign in with: one user, a clock that stands still until moved, calls in process. */
import type { Clock } from '../../src/platform/clock.ts'
import { createJmapServer } from './jmap-server.ts'
import type { JmapServer, MailAccount } from './jmap-server.ts'
import type { JmapServerOptions } from './options.ts'

export const ALICE = { username: 'alice@example.test', password: 'alice-secret', name: 'Alice' }
export const BOB = { username: 'bob@example.test', password: 'bob-secret', name: 'Bob' }

export interface TestClock extends Clock {
  advance(ms: number): void
}

function testClock(start = Date.parse('2026-11-25T12:00:00Z')): TestClock {
  let now = start
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    monotonic: () => now - start,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.callback()
      }
      now = end
    },
  }
}

export type Result = Record<string, unknown>
export type Call = readonly [name: string, args: Record<string, unknown>, callId?: string]

export const USING = ['core', 'mail', 'submission', 'vacationresponse', 'quota'].map(
  (name) => `urn:ietf:params:jmap:${name}`,
)

export class TestClient {
  readonly server: JmapServer
  readonly clock: TestClock
  readonly account: MailAccount
  readonly #user: { readonly username: string; readonly password: string }

  constructor(options: JmapServerOptions = {}, user: { readonly username: string; readonly password: string } = ALICE) {
    this.clock = testClock()
    this.server = createJmapServer({ clock: this.clock, users: [ALICE, BOB], ...options })
    this.account = this.server.accountOf(user.username)
    this.#user = user
  }

  /** The same server seen by another login. */
  as(user: { readonly username: string; readonly password: string }): (calls: readonly Call[]) => Promise<Result[]> {
    return (calls) => this.#calls(calls, basic(user))
  }

  get authorization(): string {
    return basic(this.#user)
  }

  fetch(path: string, init: RequestInit & { anonymous?: boolean } = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (!init.anonymous && !headers.has('Authorization')) headers.set('Authorization', this.authorization)
    return this.server.fetch(new Request(`https://mail.example.test${path}`, { ...init, headers }))
  }

  post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch('/jmap/', { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })
  }

  /** The answers' arguments; an error's has `type`. accountId is added where it is left out. */
  calls(calls: readonly Call[]): Promise<Result[]> {
    return this.#calls(calls, this.authorization)
  }

  async call(name: string, args: Record<string, unknown> = {}): Promise<Result> {
    return (await this.calls([[name, args]]))[0] as Result
  }

  async #calls(calls: readonly Call[], authorization: string): Promise<Result[]> {
    const using =
      this.account.personality.name === 'cyrus' ? [...USING.slice(0, 3), 'https://cyrusimap.org/ns/jmap/quota'] : USING
    const methodCalls = calls.map(([name, args, callId], index) => [
      name,
      { accountId: this.account.id, ...args },
      callId ?? String(index),
    ])
    const response = await this.post(JSON.stringify({ using, methodCalls }), { Authorization: authorization })
    if (response.status !== 200) throw new Error(`HTTP ${response.status} ${await response.text()}`)
    const body = (await response.json()) as { methodResponses: [string, Result, string][] }
    return body.methodResponses.map(([, args]) => args)
  }
}

function basic(user: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`
}

export interface Draft {
  readonly subject?: string
  readonly id?: string
  readonly inReplyTo?: readonly string[]
  readonly body?: string
  readonly headers?: readonly string[]
}

/** A plain message; `id` without brackets. */
export function mail(draft: Draft = {}): string {
  const head = [
    'From: Carol <carol@remote.test>',
    'To: Alice <alice@example.test>',
    `Subject: ${draft.subject ?? 'Hello'}`,
    `Message-ID: <${draft.id ?? crypto.randomUUID()}@remote.test>`,
    ...(draft.inReplyTo ? [`In-Reply-To: ${draft.inReplyTo.map((id) => `<${id}@remote.test>`).join(' ')}`] : []),
    'Date: Wed, 25 Nov 2026 11:00:00 +0000',
    ...(draft.headers ?? []),
  ]
  return `${head.join('\r\n')}\r\n\r\n${draft.body ?? 'Hello Alice.'}\r\n`
}

export const NEWEST_FIRST = [{ property: 'receivedAt', isAscending: false }]
