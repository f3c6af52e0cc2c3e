/** Reads a config.json that says more than most, or not what it should: each mistake is a sentence for who wrote it. */
import { deployment as words } from '../i18n/en/deployment.ts'
import { isPlainWebUrl, parseUrl } from '../jmap/parse-url.ts'
import { asObject, asString, own } from '../jmap/wire-json.ts'
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
const isOrigin: Check = (value) => typeof value === 'string' && isAddress(value) && parseUrl(value)?.origin === value

/** Every member that there is, and what it has to be. */
const checks: Readonly<Record<keyof typeof words.members, Check>> = {
  servers: isList(isAddress),
  allowedOrigins: isList(isOrigin),
  rewriteToOrigin: (value) => typeof value === 'boolean',
  productName: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 60,
  signIn: isList((value) => value === 'token' || value === 'password'),
  cookies: (value) => value === 'omit' || value === 'same-origin',
  demo: (value) => {
    const demo = asObject(value)
    return asString(own(demo, 'username')) !== undefined && asString(own(demo, 'password')) !== undefined
  },
}

/** Where there is no such file, or a static host answers with its start page, the defaults hold. */
export function readOffer(document: Document, { ok, headers }: Response, text: string): SignInOffer {
  if (!ok || /html/.test(headers.get('content-type') ?? '')) return {}
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
  if (productName !== undefined)
    document.querySelector('meta[name=apple-mobile-web-app-title]')?.setAttribute('content', productName)
  return {
    ...(checks.demo(demo) && { demo: demo as NonNullable<SignInOffer['demo']> }),
    ...(productName !== undefined && { productName }),
    ...(problems.length > 0 && { notice: problems.join(' ') }),
  }
}
