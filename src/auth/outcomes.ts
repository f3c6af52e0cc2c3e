/** The vocabulary of signing in: what the page asks the worker, and every answer there is. No credential is in an answer. */

/** What the page's installation has to say to who signs in. */
export interface SignInOffer {
  /** `npm start` without a server: an account to try. */
  readonly demo?: { readonly username: string; readonly password: string }
  /** Instead of Postern. */
  readonly productName?: string
  /** What is wrong with its settings. */
  readonly notice?: string
}

export interface SignInRequest {
  /** Typed by hand, or empty: discovery from config.json, the page's origin and the address's domain. */
  readonly server: string
  readonly username: string
  readonly password: string
  /** TOTP code, when the server asked for one. */
  readonly code?: string
  /** "This device is mine": keep the credential encrypted, and the mail, on this device. */
  readonly keep: boolean
}

/** Where the search for a server ended; each has a sentence in the catalogue that names the cause and the admin's remedy. */
export type DiscoveryProblem =
  /** No answer from the host: name, network, TLS or CORS; a browser does not tell them apart. */
  | { readonly kind: 'unreachable'; readonly url: string; readonly crossOrigin: boolean }
  /** The page's policy does not allow this origin: names the setting of config.json. */
  | { readonly kind: 'notAllowed'; readonly origin: string }
  /** An answer, but no JMAP session: HTML, 404, other JSON. */
  | { readonly kind: 'notJmap'; readonly url: string; readonly status: number; readonly isHtml: boolean }
  /** The session leads elsewhere: an API, upload, download or event URL on another origin. */
  | { readonly kind: 'foreignUrl'; readonly url: string; readonly origin: string }
  /** A redirect to another origin that we do not follow with credentials. */
  | { readonly kind: 'redirect'; readonly url: string }
  /** Something before the page's own host wants a log-in of its own. */
  | { readonly kind: 'gate'; readonly url: string }
  /** The page is not a secure context: no crypto.subtle, no service worker. */
  | { readonly kind: 'insecureContext' }

export type SignInOutcome =
  | { readonly kind: 'signedIn'; readonly login: string }
  | { readonly kind: 'codeNeeded' }
  /** One answer covers several causes (Stalwart M2: wrong password, wrong code, ban). `withCode`: a code was sent. */
  | { readonly kind: 'refused'; readonly withCode: boolean; readonly scheme: 'stalwart' | 'basic' }
  /** 402: Basic only, and the account has a second factor: an app password is needed. */
  | { readonly kind: 'appPasswordNeeded' }
  | { readonly kind: 'locked'; readonly retryAfterMs?: number }
  | { readonly kind: 'noMail' }
  /** The server offers no way of signing in that we know, or that config.json allows. */
  | { readonly kind: 'noMethod' }
  | { readonly kind: 'server'; readonly status?: number; readonly retryAfterMs?: number }
  | { readonly kind: 'discovery'; readonly problem: DiscoveryProblem }

/** The server does not take the password, or the code. */
export function refused(scheme: 'stalwart' | 'basic', { code }: SignInRequest): SignInOutcome {
  return { kind: 'refused', scheme, withCode: code !== undefined && code !== '' }
}
