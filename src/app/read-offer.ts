/** Reads a config.json that says more than most, or not what it should: each mistake is a sentence for who wrote it. */
import { deployment as words } from '../i18n/en/deployment.ts'
import { isPlainWebUrl, parseUrl } from '../jmap/parse-url.ts'
import { asObject, asString, own } from '../jmap/wire-json.ts'
import { basePath } from '../platform/base-path.ts'
import type { SignInOffer } from '../auth/outcomes.ts'

type Check = (value: unknown) => boolean

const isList =
  (isItem: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isItem)

const isAddress: Check = (value) => {
  const url = typeof value === 'string' ? parseUrl(value) : undefined
  return url !== undefined && isPlainWebUrl(url)
}
/** Exactly what is asked for through it is kept from a network address: nothing else may stand in it. */
const isSecure: Check = (value) => isAddress(value) && /^https:[^#@]*$/.test(String(value))
const isOrigin: Check = (value) => typeof value === 'string' && isAddress(value) && parseUrl(value)?.origin === value

const isHostName: Check = (value) => typeof value === 'string' && /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}$/.test(value)

/** Every member that there is, and what it has to be. */
const checks: Readonly<Record<keyof typeof words.members, Check>> = {
  servers: isList(isAddress),
  allowedOrigins: isList(isOrigin),
  rewriteToOrigin: (value) => typeof value === 'boolean',
  productName: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 60,
  signIn: isList((value) => value === 'token' || value === 'password'),
  cookies: (value) => value === 'omit' || value === 'same-origin',
  authservIds: isList(isHostName),
  imageProxy: isSecure,
  demo: (value) => {
    const demo = asObject(value)
    return asString(own(demo, 'username')) !== undefined && asString(own(demo, 'password')) !== undefined
  },
}

/** The page's own surroundings, as far as they are asked or written to. */
export type OfferPage = Pick<Window, 'document' | 'fetch'>

/** Whoever installs the page where the mail server is needs no such file: then the defaults hold. */
export async function readOffer(page: OfferPage, response: Response, text: string): Promise<SignInOffer> {
  const unread = await withoutFile(page, response)
  if (unread) return unread
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    return { notice: words.broken(error instanceof Error ? error.message : '') }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { notice: words.noObject }
  const problems = Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name)) return [words.unknown(name)]
    const member = name as keyof typeof checks
    return checks[member](value) ? [] : [words.wrong(name, words.members[member])]
  })
  const [demo, name] = ['demo', 'productName'].map((member) => own(asObject(given), member))
  const productName = checks.productName(name) ? String(name) : undefined
  if (productName !== undefined) {
    nameIcon(page.document, productName)
    page.document.title += ` - ${productName}`
  }
  return {
    ...(checks.demo(demo) && { demo: demo as NonNullable<SignInOffer['demo']> }),
    ...(productName !== undefined && { productName }),
    ...(problems.length > 0 && { notice: problems.join(' ') }),
  }
}

/** What holds where no file came; undefined where one did. */
async function withoutFile(page: OfferPage, { ok, status, headers }: Response): Promise<SignInOffer | undefined> {
  if (status === 404 || status === 410) return (await speaksJmap(page)) ? {} : { notice: words.missing }
  if (!ok) return { notice: words.refused(status) }
  const type = headers.get('content-type') ?? ''
  if (/html/.test(type)) return { notice: words.page }
  // The worker holds it to its type, as it does every answer, and would pass it over without a word.
  return type === '' || /json/.test(type) ? undefined : { notice: words.wrongType(type) }
}

/** Whether this host answers JMAP itself. Asked without cookies and password: a browser would ask for one in a window. */
async function speaksJmap({ fetch }: OfferPage): Promise<boolean> {
  for (const path of ['/jmap/session', '/.well-known/jmap']) {
    try {
      const { ok, status, headers } = await fetch(path, {
        credentials: 'omit',
        headers: { Accept: 'application/json' },
      })
      if (status === 401 || (ok && /json/.test(headers.get('content-type') ?? ''))) return true
      // The server is there, and ill: signing in says so.
      if (status >= 500) return true
    } catch {
      // No network, or a hop to elsewhere: nothing is known of the file either.
      return true
    }
  }
  return false
}

/** For a page that opens signed in, and so asks nobody what it may offer. */
export async function readProductName({ document, fetch }: OfferPage): Promise<void> {
  const response = await fetch(`${basePath}/config.json?v=name`, { cache: 'no-store' })
  const name = own(asObject(await response.json()), 'productName')
  if (checks.productName(name)) nameIcon(document, String(name))
}

/** For who judges a letter: the mail servers whose checks count. Throws where the file cannot be had. */
export async function readAuthservIds({ fetch }: Pick<Window, 'fetch'>): Promise<readonly string[]> {
  const response = await fetch(`${basePath}/config.json?v=names`, { cache: 'no-store' })
  if (response.status === 404 || response.status === 410) return []
  const names = own(asObject(await response.json()), 'authservIds')
  return checks.authservIds(names) ? (names as string[]) : []
}

/** What a home screen calls the app, and its About page. */
function nameIcon(document: Document, name: string): void {
  document.querySelector('meta[name=apple-mobile-web-app-title]')?.setAttribute('content', name)
}
