/** Where a sign-in goes and under which scheme: settled before the password leaves. */
import { discover } from '../jmap/discovery.ts'
import type { DiscoveryRequest, DiscoveryResult } from '../jmap/discovery.ts'
import type { HttpDeps } from '../jmap/http-exchange.ts'
import type { Clock } from '../platform/clock.ts'
import { chooseScheme } from './choose-scheme.ts'
import type { Scheme } from './choose-scheme.ts'

export type Discovered = Extract<DiscoveryResult, { ok: true }>

/** `scheme` is undefined where the server takes none that we know. */
export type SignInTarget =
  (Discovered & { readonly scheme: Scheme | undefined }) | Extract<DiscoveryResult, { ok: false }>

export async function findTarget(deps: HttpDeps, request: DiscoveryRequest): Promise<SignInTarget> {
  const discovered = await discover(deps, request)
  return discovered.ok
    ? { ...discovered, scheme: await chooseScheme(deps, discovered.found, request.deployment.signIn) }
    : discovered
}

/** Long enough to type a password; a server that was changed meanwhile is asked again. */
const freshMs = 5 * 60_000

/**
 * The server of this page, asked while the form is being filled in: its answers are two or three round trips that the
 * person need not wait for. Only what holds for every address is asked ahead: the configured servers and the page's own
 * origin. What was not found is looked for again, since an address may lead further.
 */
export class TargetAhead {
  readonly #clock: Clock
  #asked: { readonly at: number; readonly target: Promise<SignInTarget> } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  prepare(deps: HttpDeps, request: Omit<DiscoveryRequest, 'server' | 'username'>): void {
    if (this.#fresh()) return
    this.#asked = { at: this.#clock.now(), target: findTarget(deps, { ...request, server: '', username: '' }) }
  }

  async find(deps: HttpDeps, request: DiscoveryRequest): Promise<SignInTarget> {
    if (request.server.trim() === '') {
      const ahead = await this.#fresh()?.target
      if (ahead?.ok) return ahead
    }
    return findTarget(deps, request)
  }

  #fresh(): { readonly target: Promise<SignInTarget> } | undefined {
    return this.#asked && this.#clock.now() - this.#asked.at < freshMs ? this.#asked : undefined
  }
}
