/** Links in letters: where they really go is shown before the click, and what deceives asks first. */
import { deceptionOf, isShownBy, parseLink, parseShownLink } from '../../render/links.ts'
import { parseMailto } from '../../render/mailto.ts'
import { withoutTracking } from '../../render/tracking-parameters.ts'
import { links as t } from '../../i18n/en/letter-links.ts'
import type { Deception, LinkTarget } from '../../render/links.ts'
import type { MailtoAddresses } from '../../render/mailto.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Announce } from '../../state/contexts.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { Settings } from '../../state/settings.svelte.ts'
import type { Closed } from './trust/trust-reader.svelte.ts'

/** A link that was pressed. */
export interface FollowedLink {
  readonly href: string
  /** Its words. */
  readonly text: string
}

export interface LinkQuestion {
  readonly target: LinkTarget
  readonly text: string
  readonly reason: Deception | 'blocked' | 'touch' | Closed
}

/** A link that would write a letter. */
export interface MailQuestion {
  readonly fields: MailtoAddresses
  readonly text: string
  readonly reason: 'differs' | Closed | undefined
}

export interface LinkGateDeps {
  readonly window: Window
  readonly announce: Announce
  readonly clock: Clock
  readonly settings: Settings
  readonly account: () => OpenAccount
}

/** How long it stays on screen that an address was copied. */
const noteMs = 3_000

export class LinkGate {
  readonly #deps: LinkGateDeps
  #pointed = $state.raw<LinkTarget | null>(null)
  #question = $state.raw<LinkQuestion | null>(null)
  #mail = $state.raw<MailQuestion | null>(null)
  #note = $state.raw<string | null>(null)
  #endNote: () => void = () => undefined

  constructor(deps: LinkGateDeps) {
    this.#deps = deps
  }

  /** The link under the pointer or with the focus. */
  get pointed(): LinkTarget | null {
    return this.#pointed
  }

  get question(): LinkQuestion | null {
    return this.#question
  }

  get mail(): MailQuestion | null {
    return this.#mail
  }

  /** What became of an address that was asked for. */
  get note(): string | null {
    return this.#note
  }

  point(href: string | null): void {
    this.#pointed = href === null ? null : parseLink(href)
  }

  /** `within`: what it stands in. Of a letter that may be forged, or could not be checked, nothing opens. */
  follow({ href, text }: FollowedLink, within?: Element): void {
    const { settings, account } = this.#deps
    const closed = within?.closest<HTMLElement>('[data-closed]')?.dataset['closed'] as Closed | undefined
    const target = parseShownLink(settings.get('cutTracking', account().info.key) ? withoutTracking(href) : href, text)
    if (!target) return
    if (target.scheme === 'mailto') {
      const differs = target.flags.length > 0 ? ('differs' as const) : undefined
      this.#mail = { fields: parseMailto(target.href), text, reason: closed ?? differs }
      return
    }
    const reason = closed ?? deceptionOf(target) ?? this.#formality(target, text)
    if (reason === null) this.#open(target)
    else this.#question = { target, text, reason }
  }

  /** The reader has seen where it goes. */
  confirm(): void {
    const question = this.#question
    this.dismiss()
    if (question && !isClosed(question)) this.#open(question.target)
  }

  dismiss(): void {
    this.#question = null
    this.#mail = null
  }

  /** Takes the question away, so that it is seen what became of it. */
  async copy(text: string, note: string): Promise<void> {
    const { window, announce, clock } = this.#deps
    this.dismiss()
    // refused without a permission or a secure page: then the address is there to be read
    const isCopied = await window.navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    this.#note = isCopied ? note : text
    announce(this.#note)
    this.#endNote()
    this.#endNote = clock.after(noteMs, () => (this.#note = null))
  }

  /** What an honest link asks for, too. */
  #formality(target: LinkTarget, text: string): 'blocked' | 'touch' | null {
    // a window would be blocked, and `noopener` hides whether it was: a real link always works
    if (this.#lacksActivation()) return 'blocked'
    // nothing points there before it presses: what the words do not say is shown first
    const { window } = this.#deps
    return window.matchMedia('(hover: none)').matches && !isShownBy(target, text) ? 'touch' : null
  }

  /** Firefox before 120 cannot tell, and lets the window through. */
  #lacksActivation(): boolean {
    const { navigator } = this.#deps.window
    return 'userActivation' in navigator && !navigator.userActivation.isActive
  }

  #open(target: LinkTarget): void {
    // the system's telephone takes over this tab's navigation without leaving the page
    if (target.scheme === 'tel') this.#deps.window.open(target.href, '_self')
    else this.#deps.window.open(target.href, '_blank', 'noopener,noreferrer')
  }
}

/** Nothing opens it. */
export function isClosed({ reason }: Pick<LinkQuestion, 'reason'>): boolean {
  return reason === 'forged' || reason === 'unchecked'
}

/** The words of `question`, above the host. */
export function whyAsked({ target, text, reason }: LinkQuestion): string {
  if (reason === 'look-alike') return t.lookAlike(target.imitates ?? '')
  return t.why[reason](shortened(text))
}

/** As much of a link's words as a sentence takes. */
export function shortened(text: string): string {
  return text.trim().slice(0, 120).toWellFormed()
}
