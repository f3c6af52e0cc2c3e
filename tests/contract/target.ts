/**
 * A server under test, spoken to in plain JSON over fetch: the suite must not share code with the client it vouches for.
 */
import { setTimeout as sleep } from 'node:timers/promises'

export type Json = Record<string, unknown>
export type Call = readonly [name: string, args: Json, id: string]
export type Response = readonly [name: string, args: Json, id: string]

export interface TargetOptions {
  readonly url: string
  readonly user: string
  readonly password: string
  /** Defaults to the global fetch; the demo server answers in process. */
  readonly fetch?: (request: Request) => Promise<globalThis.Response>
}

export const CORE = 'urn:ietf:params:jmap:core'
export const MAIL = 'urn:ietf:params:jmap:mail'
export const SUBMISSION = 'urn:ietf:params:jmap:submission'

export class Target {
  readonly options: TargetOptions
  session: Json = {}
  sessionUrl = ''
  accountId = ''
  /** A mailbox of this run's own. */
  mailboxId = ''
  #serial = 0

  constructor(options: TargetOptions) {
    this.options = options
  }

  get authorization(): string {
    return `Basic ${Buffer.from(`${this.options.user}:${this.options.password}`).toString('base64')}`
  }

  async http(url: string, init: RequestInit & { anonymous?: boolean } = {}): Promise<globalThis.Response> {
    const headers = new Headers(init.headers)
    if (!init.anonymous && !headers.has('Authorization')) headers.set('Authorization', this.authorization)
    const request = new Request(new URL(url, this.sessionUrl || this.options.url), {
      redirect: 'manual',
      ...init,
      headers,
    })
    return (this.options.fetch ?? fetch)(request)
  }

  async connect(): Promise<void> {
    let url = new URL('/.well-known/jmap', this.options.url).href
    for (let hop = 0; hop < 4; hop++) {
      const response = await this.http(url)
      const location = response.headers.get('Location')
      if (response.status >= 300 && response.status < 400 && location) {
        url = new URL(location, url).href
        continue
      }
      if (response.status !== 200) throw new Error(`the session answers ${String(response.status)}`)
      this.sessionUrl = url
      this.session = (await response.json()) as Json
      this.accountId = String((this.session['primaryAccounts'] as Json)[MAIL])
      return
    }
    throw new Error('more than three redirects to the session')
  }

  async post(
    body: unknown,
    headers: Record<string, string> = { 'Content-Type': 'application/json' },
  ): Promise<globalThis.Response> {
    return this.http(String(this.session['apiUrl']), {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  /** Sends calls with the account's id filled in; answers all responses. */
  async calls(
    calls: readonly Call[],
    using: readonly string[] = [CORE, MAIL, SUBMISSION],
  ): Promise<readonly Response[]> {
    const capabilities = this.session['capabilities'] as Json
    const response = await this.post({
      using: using.filter((urn) => urn in capabilities),
      methodCalls: calls.map(([name, args, id]) => [
        name,
        name === 'Core/echo' ? args : { accountId: this.accountId, ...args },
        id,
      ]),
    })
    if (response.status !== 200)
      throw new Error(
        `${calls.map(([name]) => name).join(', ')}: HTTP ${String(response.status)} ${await response.text()}`,
      )
    return ((await response.json()) as { methodResponses: Response[] }).methodResponses
  }

  /** One call; a method error is thrown as an `Error` whose message begins with its type. */
  async call(name: string, args: Json): Promise<Json> {
    const [first] = await this.calls([[name, args, '0']])
    if (!first) throw new Error(`${name}: no response`)
    if (first[0] === 'error') throw new Error(`${String(first[1]['type'])}: ${name}`)
    return first[1]
  }

  /** The type of a method error, or undefined if the call succeeds. */
  async errorOf(name: string, args: Json): Promise<string | undefined> {
    const [first] = await this.calls([[name, args, '0']])
    return first?.[0] === 'error' ? String(first[1]['type']) : undefined
  }

  /** Uploads and imports one message; answers its Email id. */
  async importMail(mail: {
    subject: string
    from?: string
    to?: string
    body?: string
    /** A text beside the first one. */
    attachment?: string
    messageId?: string
    inReplyTo?: string
    receivedAt?: string
    keywords?: Json
    mailboxIds?: Json
  }): Promise<string> {
    const serial = String(++this.#serial)
    const messageId =
      mail.messageId ?? `${serial}.${String(Date.now())}.${String(Math.random()).slice(2)}@contract.test`
    const raw = [
      `From: ${mail.from ?? 'Sender <sender@contract.test>'}`,
      `To: ${mail.to ?? 'Reader <reader@contract.test>'}`,
      `Subject: ${mail.subject}`,
      `Message-ID: <${messageId}>`,
      ...(mail.inReplyTo ? [`In-Reply-To: <${mail.inReplyTo}>`, `References: <${mail.inReplyTo}>`] : []),
      `Date: ${new Date(mail.receivedAt ?? Date.now()).toUTCString()}`,
      'MIME-Version: 1.0',
      ...bodyLines(mail.body ?? `Body ${serial}`, mail.attachment),
    ].join('\r\n')
    const blobId = await this.upload(raw, 'message/rfc822')
    const answer = await this.call('Email/import', {
      emails: {
        m: {
          blobId,
          mailboxIds: mail.mailboxIds ?? { [this.mailboxId]: true },
          keywords: mail.keywords ?? {},
          ...(mail.receivedAt ? { receivedAt: mail.receivedAt } : {}),
        },
      },
    })
    const created = (answer['created'] as Record<string, Json> | null)?.['m']
    if (!created) throw new Error(`import refused: ${JSON.stringify(answer['notCreated'])}`)
    return String(created['id'])
  }

  async upload(bytes: string | Uint8Array<ArrayBuffer>, type: string): Promise<string> {
    const url = String(this.session['uploadUrl']).replace('{accountId}', encodeURIComponent(this.accountId))
    const response = await this.http(url, { method: 'POST', headers: { 'Content-Type': type }, body: bytes })
    if (response.status >= 300) throw new Error(`upload: HTTP ${String(response.status)}`)
    return String(((await response.json()) as Json)['blobId'])
  }

  downloadUrl(blobId: string, name: string, type: string): string {
    const values: Record<string, string> = { accountId: this.accountId, blobId, name, type }
    return String(this.session['downloadUrl']).replace(/\{(\w+)\}/g, (_, key: string) =>
      encodeURIComponent(values[key] ?? ''),
    )
  }

  async state(type: 'Email' | 'Mailbox' | 'Thread'): Promise<string> {
    return String((await this.call(`${type}/get`, { ids: [] }))['state'])
  }

  /** Search indexes lag (Stalwart: milliseconds, text: seconds; Cyrus: 100 ms): asks until `check` holds, at most 5 s. */
  async eventually<T>(ask: () => Promise<T>, check: (value: T) => boolean): Promise<T> {
    const deadline = Date.now() + 5000
    for (;;) {
      const value = await ask()
      if (check(value) || Date.now() > deadline) return value
      await sleep(50)
    }
  }
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message)
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [canonical(actual), canonical(expected)]
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`)
}

/** The order of an object's members says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([x], [y]) => (x < y ? -1 : 1)))
      : member,
  )
}

export function list(value: unknown): Json[] {
  assert(Array.isArray(value), 'an array was expected')
  return value as Json[]
}

function bodyLines(body: string, attachment: string | undefined): readonly string[] {
  const text = ['Content-Type: text/plain; charset=utf-8', '', body, '']
  if (attachment === undefined) return text
  const file = ['Content-Type: text/csv; name="a.csv"', 'Content-Disposition: attachment; filename="a.csv"']
  return [
    'Content-Type: multipart/mixed; boundary="=_b"',
    '',
    '--=_b',
    ...text,
    '--=_b',
    ...file,
    '',
    attachment,
    '--=_b--',
    '',
  ]
}
