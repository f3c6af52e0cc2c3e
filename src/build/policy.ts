/**
 * The one table of security headers (docs: frame.md §12, security.md §3.8). `npm start`, the lines for Caddy and nginx and the
 * `<meta>` policies are all made from it, so that what is tested is what ships.
 */

/** What differs from file to file. `other` is everything that is neither a document nor a script of ours. */
export type PolicyKind = 'app' | 'reader-open' | 'parse' | 'worker' | 'other'

export interface PolicyInputs {
  /** `sha256-…` of the frame script, the inline script of a letter's frame. */
  readonly frameHash: string
  /** The same of a PDF's frame. */
  readonly pdfHash: string
  /** Origins of the mail servers that the deployment's config.json names. */
  readonly origins: readonly string[]
  /** Where pictures from the internet come from, once the reader allowed them: the deployment's proxy alone, if it has one. */
  readonly pictures?: string
  /** The page has a `<base>` that its server writes (Stalwart's application hosting). */
  readonly hasBase?: boolean
}

type Directives = readonly (readonly [name: string, ...values: string[]])[]

/** These mean nothing, or are refused, in a `<meta>` element. */
const headerOnly = new Set(['frame-ancestors', 'sandbox'])

/** The Content-Security-Policy of one kind of file, as directives. */
function directives(kind: PolicyKind, inputs: PolicyInputs): Directives {
  const { frameHash, pdfHash, origins, pictures = 'https:', hasBase = false } = inputs
  switch (kind) {
    case 'app':
      return [
        ['default-src', "'none'"],
        // srcdoc frames inherit this policy: the hashes let their fixed scripts run, and nothing else inline
        ['script-src', "'self'", `'${frameHash}'`, `'${pdfHash}'`],
        ['style-src', "'self'"],
        ['img-src', "'self'", 'data:', 'blob:'],
        ['font-src', "'self'"],
        ['connect-src', "'self'", ...origins],
        ['worker-src', "'self'"],
        // part of the isolation: a frame script gone bad cannot navigate its frame to another site
        ['frame-src', "'self'"],
        ['manifest-src', "'self'"],
        ['form-action', "'none'"],
        ['base-uri', hasBase ? "'self'" : "'none'"],
        ['object-src', "'none'"],
        ['frame-ancestors', "'none'"],
        ['require-trusted-types-for', "'script'"],
        ['trusted-types', 'postern', 'svelte-trusted-html', 'dompurify'],
      ]
    case 'reader-open':
      return [
        ['sandbox', 'allow-scripts'],
        ['default-src', "'none'"],
        ['script-src', `'${frameHash}'`],
        ['style-src', "'none'"],
        ['img-src', 'blob:', 'data:', pictures],
        ['form-action', "'none'"],
        ['base-uri', "'none'"],
        ['require-trusted-types-for', "'script'"],
        ['trusted-types', "'none'"],
        ['frame-ancestors', "'self'"],
      ]
    case 'parse':
      return [
        ['default-src', "'none'"],
        ['style-src', "'unsafe-inline'"],
        ['base-uri', "'none'"],
        ['form-action', "'none'"],
        ['frame-ancestors', "'self'"],
      ]
    case 'worker':
      // a worker obeys the policy of its own response, not the page's
      return [
        ['default-src', "'none'"],
        ['script-src', "'self'"],
        ['connect-src', "'self'", ...origins],
        ['base-uri', "'none'"],
        ['frame-ancestors', "'none'"],
        ['require-trusted-types-for', "'script'"],
        ['trusted-types', "'none'"],
      ]
    case 'other':
      return [
        ['default-src', "'none'"],
        ['base-uri', "'none'"],
        ['form-action', "'none'"],
        ['frame-ancestors', "'none'"],
      ]
  }
}

/** The policy of a frame of design A: a srcdoc has no headers, its `<meta>` is all it has. */
export function framePolicy(frameHash: string): string {
  return serialise([
    ['default-src', "'none'"],
    ['script-src', `'${frameHash}'`],
    ['style-src', "'none'"],
    ['img-src', 'blob:', 'data:'],
    ['form-action', "'none'"],
    ['base-uri', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', "'none'"],
  ])
}

/** The policy of a PDF's frame: pdf.js paints on canvases, and its fonts come as bytes. */
export function pdfFramePolicy(pdfHash: string): string {
  return serialise([
    ['default-src', "'none'"],
    ['script-src', `'${pdfHash}'`],
    ['form-action', "'none'"],
    ['base-uri', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', "'none'"],
  ])
}

const off = ['accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'geolocation']
const alsoOff = [
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/** The headers that every response carries, errors too. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [...off, ...alsoOff].map((feature) => `${feature}=()`).join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
}

/** The Content-Security-Policy header of one kind of file. */
export function headerPolicy(kind: PolicyKind, inputs: PolicyInputs): string {
  return serialise(directives(kind, inputs))
}

/** The same for a `<meta http-equiv>`: what holds when a server has lost its headers. */
export function metaPolicy(kind: PolicyKind, inputs: PolicyInputs): string {
  return serialise(directives(kind, inputs).filter(([name]) => !headerOnly.has(name)))
}

/** All security headers of one kind of file. */
export function securityHeaders(kind: PolicyKind, inputs: PolicyInputs): Record<string, string> {
  return { 'Content-Security-Policy': headerPolicy(kind, inputs), ...commonHeaders }
}

/** Which policy a path of `dist/` has. Scripts get the worker's: any of them may be started as one. */
export function policyKind(path: string): PolicyKind {
  if (path === '/reader-open.html') return 'reader-open'
  if (path === '/parse.html') return 'parse'
  if (path.endsWith('.js')) return 'worker'
  if (path.endsWith('.html') || path === '/') return 'app'
  return 'other'
}

/** Paths that are places in the app, as a pattern: what index.html answers. */
export const pagePattern = '^/(?:$|index\\.html$|in/|settings(?:/|$))'

/** Hashed names never change their content; the rest is asked for each time. */
export function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function serialise(list: Directives): string {
  return list.map((directive) => directive.join(' ')).join('; ')
}
