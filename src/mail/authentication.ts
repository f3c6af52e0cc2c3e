/** Whether a message is from whom it names: what the own servers checked (RFC 8601), against the address in From. */
import type { EmailAddress, HeaderField } from '../jmap/types.ts'
import { toName, type CheckResult } from './authentication-results.ts'
import { readTrace } from './trace.ts'

export interface Authentication {
  /** `unknown`: nobody whom the deployment trusts has said anything of weight. */
  readonly verdict: 'aligned' | 'failed' | 'unknown'
  /** The domain in From that the checks agree to; null unless `aligned`. */
  readonly domain: string | null
  /** `pass`, `fail`, `none`, … as said; null where the server says nothing of it. */
  readonly dkim: string | null
  readonly spf: string | null
  readonly dmarc: string | null
  readonly arc: string | null
}

const nothing: Authentication = { verdict: 'unknown', domain: null, dkim: null, spf: null, dmarc: null, arc: null }

/**
 * `header`: fields from the top, as `EmailBody.trace` keeps them. `names`: the authserv-ids (and hosts in `Received`)
 * that the deployment trusts.
 */
export function authenticate(
  header: readonly HeaderField[],
  names: readonly string[],
  from: readonly EmailAddress[] | null,
): Authentication {
  const checks = readTrace(header, names).results.flatMap(({ results }) => results)
  if (checks.length === 0) return nothing
  const of = (method: string): CheckResult[] => checks.filter((check) => check.method === method)
  // Several authors, or none: there is no one domain that a check could be of.
  const domain = from?.length === 1 ? domainOf(from[0]?.email ?? '') : null
  const [dkim, spf, dmarc] = [of('dkim'), of('spf').filter(isOfMailFrom), of('dmarc')]
  const verdict = domain === null ? 'unknown' : judge(domain, dkim, spf, dmarc)
  return {
    verdict,
    domain: verdict === 'aligned' ? domain : null,
    // one good signature is enough (RFC 6376 §6.1), one that fails says nothing beside it
    dkim: said(dkim, (check) => check.result === 'pass' && domain !== null && isUnder(domain, signer(check))),
    spf: said(spf),
    dmarc: said(dmarc, (check) => check.result !== 'pass'),
    arc: said(of('arc')),
  }
}

function judge(
  domain: string,
  dkim: readonly CheckResult[],
  spf: readonly CheckResult[],
  dmarc: readonly CheckResult[],
): Authentication['verdict'] {
  if (dmarc.some((check) => check.result === 'fail')) return 'failed'
  const isPassed = dmarc.length > 0 && dmarc.every((check) => check.result === 'pass')
  if (isPassed && dmarc.every((check) => domainOf(check.properties.get('header.from') ?? '') === domain))
    return 'aligned'
  // Where the policy could not be asked for, or is about another domain, nothing is known.
  if (dmarc.some((check) => check.result !== 'none' && check.properties.has('header.from'))) return 'unknown'
  if (dkim.some((check) => check.result === 'pass' && isUnder(domain, signer(check)))) return 'aligned'
  const ofDomain = spf.filter((check) => isUnder(domain, domainOf(check.properties.get('smtp.mailfrom') ?? '')))
  if (ofDomain.length > 0 && spf.every((check) => check.result === 'pass')) return 'aligned'
  return ofDomain.some((check) => check.result === 'fail') ? 'failed' : 'unknown'
}

/**
 * The domain itself, or below the one that vouches. Which parent is an organisation's only a list of public suffixes
 * knows (RFC 7489 §3.2): so a parent speaks for what is below, as it does in the DNS, and never the other way round.
 */
function isUnder(domain: string, voucher: string | null): boolean {
  if (voucher === null || !voucher.includes('.')) return false
  return domain === voucher || domain.endsWith(`.${voucher}`)
}

function signer(check: CheckResult): string | null {
  const identity = check.properties.get('header.d') ?? check.properties.get('header.i')
  return identity === undefined ? null : domainOf(identity)
}

/** What a server says of the greeting (HELO) is no word about the sender's address. */
function isOfMailFrom(check: CheckResult): boolean {
  return check.properties.has('smtp.mailfrom') || !check.properties.has('smtp.helo')
}

/** `bank.example` of `<anna@Bank.example.>`; a domain alone is one, too. Null for what is none. */
function domainOf(address: string): string | null {
  const domain = toName(address.slice(address.lastIndexOf('@') + 1).replace(/>$/, ''))
  if (domain === '' || /[\s"<>@()[\],;:/?#%\\]/.test(domain)) return null
  // as a check names it: `xn--bcher-kva.example` of `bücher.example`
  return asciiHost(domain)
}

function asciiHost(domain: string): string | null {
  try {
    return /^[a-z0-9._-]+$/.test(domain) ? domain : new URL(`https://${domain}`).hostname
  } catch {
    return null
  }
}

function said(checks: readonly CheckResult[], first: (check: CheckResult) => boolean = () => false): string | null {
  return (checks.find(first) ?? checks[0])?.result ?? null
}
