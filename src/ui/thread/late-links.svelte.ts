/** Links in letters, from the first one on: what knows and opens them is fetched behind the first letter. */
import { thread as t } from '../../i18n/en/thread.ts'
import type { FollowedLink, LinkGate, LinkGateDeps } from './link-gate.svelte.ts'

type LinkParts = Pick<typeof import('./link-parts.ts'), 'LinkLayer' | 'LinkTarget'>

export interface ReadyLinks extends LinkParts {
  readonly gate: LinkGate
}

export class LateLinks {
  readonly #deps: LinkGateDeps
  #ready = $state.raw<ReadyLinks | undefined>()

  constructor(deps: LinkGateDeps) {
    this.#deps = deps
    // behind the letter; where it does not come, the first link asks again
    $effect(() => deps.clock.after(80, () => void this.load().catch(() => undefined)))
  }

  get ready(): ReadyLinks | undefined {
    return this.#ready
  }

  async load(): Promise<LinkGate> {
    const parts = await import('./link-parts.ts')
    this.#ready ??= { ...parts, gate: new parts.LinkGate(this.#deps) }
    return this.#ready.gate
  }

  /** The link under the pointer or with the focus, null when it leaves. */
  point(href: string | null): void {
    if (href === null && !this.#ready) return
    // Without that code nothing is shown of where it goes, and nothing opens either.
    this.#ask(
      (gate) => gate.point(href),
      () => undefined,
    )
  }

  /** `within`: of a letter that may be forged, nothing opens. */
  follow(link: FollowedLink, within?: Element): void {
    this.#ask(
      (gate) => gate.follow(link, within),
      () => this.#deps.announce(`${t.partFailed} ${t.tryAgain}`, 'assertive'),
    )
  }

  /** At once where it can be: only then has the press still the right to open a window (WebKit). */
  #ask(act: (gate: LinkGate) => void, onFailed: () => void): void {
    if (this.#ready) act(this.#ready.gate)
    else this.load().then(act, onFailed)
  }
}
