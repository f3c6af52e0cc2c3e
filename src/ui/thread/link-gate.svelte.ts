/** Links in letters: where they really go is shown before the click, and what deceives asks first. */
import { isDeceptive, parseLink, parseShownLink } from '../../render/links.ts'
import { links as t } from '../../i18n/en/letter-links.ts'
import type { LinkTarget } from '../../render/links.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Announce } from '../../state/contexts.ts'

export interface LinkQuestion {
  readonly target: LinkTarget
  /** The words of the link. */
  readonly text: string
  readonly reason: 'text' | 'userinfo' | 'mixed' | 'blocked'
}

export interface LinkGateDeps {
  readonly window: Window
  readonly announce: Announce
  readonly clock: Clock
}

/** How long it stays on screen that an address was copied. */
const noteMs = 3_000

export class LinkGate {
  readonly #deps: LinkGateDeps
  #pointed = $state.raw<LinkTarget | null>(null)
  #question = $state.raw<LinkQuestion | null>(null)
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

  /** What became of an address that was asked for. */
  get note(): string | null {
    return this.#note
  }

  point(href: string | null): void {
    this.#pointed = href === null ? null : parseLink(href)
  }

  follow(link: { readonly href: string; readonly text: string }): void {
    const target = parseShownLink(link.href, link.text)
    if (!target) return
    if (target.scheme === 'mailto') {
      void this.copy(target.display)
    } else if (isDeceptive(target)) {
      this.#question = { target, text: link.text, reason: reasonOf(target) }
    } else if (this.#lacksActivation()) {
      // a window would be blocked, and `noopener` hides whether it was: a real link always works
      this.#question = { target, text: link.text, reason: 'blocked' }
    } else {
      this.#open(target)
    }
  }

  /** The reader has seen where it goes. */
  confirm(): void {
    const question = this.#question
    this.#question = null
    if (question) this.#open(question.target)
  }

  dismiss(): void {
    this.#question = null
  }

  /** There is no composer yet: the address is what a reader can use elsewhere. */
  async copy(text: string): Promise<void> {
    const { window, announce, clock } = this.#deps
    // refused without a permission or a secure page: then the address is there to be read
    const isCopied = await window.navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    this.#note = isCopied ? t.copied(text) : text
    announce(this.#note)
    this.#endNote()
    this.#endNote = clock.after(noteMs, () => (this.#note = null))
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

function reasonOf(target: LinkTarget): LinkQuestion['reason'] {
  if (target.flags.includes('text-differs')) return 'text'
  return target.flags.includes('userinfo') ? 'userinfo' : 'mixed'
}
