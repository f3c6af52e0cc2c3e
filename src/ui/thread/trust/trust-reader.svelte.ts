/** What is known of each open letter's sender, once it is known whose checks count. */
import { trust as t } from '../../../i18n/en/trust.ts'
import { authenticate, type Authentication } from '../../../mail/authentication.ts'
import { readTrace, type Received } from '../../../mail/trace.ts'
import Seal from './Seal.svelte'
import { senderWarning, type SenderWarning } from './sender-warning.ts'
import { spamScore, type SpamScore } from './spam-score.ts'
import TrustNotice from './TrustNotice.svelte'
import type { Email, EmailBody } from '../../../jmap/types.ts'
import type { BodyState } from '../../../state/thread-bodies.svelte.ts'

/** Why the links of a letter stay closed: what was checked failed, or nothing could be checked until now. */
export type Closed = 'forged' | 'unchecked'

/** One letter's. The components that tell of it come along: only a letter that was read needs them. */
export class LetterTrust {
  readonly Notice = TrustNotice
  readonly email: Email
  /** What was checked came along: not of a letter that an earlier build kept, until it is fetched anew. */
  readonly isKnown: boolean
  readonly authentication: Authentication
  /** How it reached the own servers; null where they do not say. */
  readonly entry: Received | null
  readonly spam: SpamScore | null
  readonly warning: SenderWarning | null
  /** It says that it came through a mailing list. */
  readonly isOfList: boolean
  readonly #isChecked: boolean
  #isOpened = $state.raw(false)

  /** `names` of the servers whose checks count: undefined while they are on their way. */
  constructor(email: Email, body: EmailBody, names?: readonly string[]) {
    const trace = body.trace ?? []
    this.#isChecked = names !== undefined
    const { entry, fields } = readTrace(trace, names ?? [])
    this.email = email
    this.isKnown = body.trace !== undefined
    this.authentication = authenticate(trace, names ?? [], email.from)
    this.entry = entry
    this.spam = spamScore(fields)
    this.warning = senderWarning(email.from)
    this.isOfList = trace.some(({ name }) => /^list-id$/i.test(name))
  }

  get isForged(): boolean {
    return this.authentication.verdict === 'failed'
  }

  get closed(): Closed | null {
    if (!this.#isChecked) return 'unchecked'
    return this.isClosed ? 'forged' : null
  }

  /** Its links and pictures stay closed. */
  get isClosed(): boolean {
    return this.isForged && !this.#isOpened
  }

  /** Before its name. */
  get label(): string {
    return this.isForged ? t.label : ''
  }

  /** Only for a check that passed, and of the domain that the letter names. */
  get Seal(): typeof Seal | undefined {
    return this.authentication.domain === null ? undefined : Seal
  }

  /** The reader knows better. */
  open(): void {
    this.#isOpened = true
  }
}

export class TrustReader {
  #names = $state.raw<readonly string[] | undefined>()
  /** By body: it never changes. Of other names it is read anew. */
  #read = new WeakMap<EmailBody, LetterTrust>()

  constructor(authservIds: () => Promise<readonly string[]>) {
    authservIds().then(
      (names) => {
        this.#read = new WeakMap()
        this.#names = names
      },
      // Without them nobody can say that a letter is forged: its links stay closed.
      () => undefined,
    )
  }

  of(email: Email, state: BodyState): LetterTrust | undefined {
    if (state.kind !== 'ready') return undefined
    const names = this.#names
    const known = this.#read.get(state.body)
    if (known) return known
    const trust = new LetterTrust(email, state.body, names)
    this.#read.set(state.body, trust)
    return trust
  }
}
