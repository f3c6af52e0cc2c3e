/** Sentences of the trust panel, from what is known: most telling first, at most four. */
import { trust as t, type CheckName } from '../../../i18n/en/trust.ts'
import { longDate } from '../../../i18n/long-date.ts'
import { stripBidi } from '../../../mail/addresses.ts'
import { lookAlikeOf } from '../../../render/look-alike.ts'
import type { Authentication } from '../../../mail/authentication.ts'
import type { Received } from '../../../mail/trace.ts'
import type { SenderHistory } from '../../../state/sender-history.ts'
import type { Email } from '../../../jmap/types.ts'
import type { SpamScore } from './spam-score.ts'
import type { LetterTrust } from './trust-reader.svelte.ts'

export interface TrustSentence {
  readonly icon: 'seal' | 'forged' | 'unknown' | 'lock' | 'open' | 'person' | 'spam'
  readonly tone: 'good' | 'quiet' | 'warning' | 'danger'
  /** What matters, in bold. */
  readonly lead: string
  readonly rest: string
}

const MOST = 4
const notHere: TrustSentence = { icon: 'unknown', tone: 'quiet', lead: t.notHere, rest: t.notHereWhy }
const names: readonly CheckName[] = ['dkim', 'spf', 'dmarc']

export function trustSentences(trust: LetterTrust, history: SenderHistory | null): TrustSentence[] {
  const { email } = trust
  return [
    trust.isKnown ? fromSentence(trust) : notHere,
    trust.warning === null ? senderSentence(email, history) : null,
    wayInSentence(trust.entry),
    spamSentence(trust.spam),
  ]
    .filter((sentence) => sentence !== null)
    .slice(0, MOST)
}

/** The domain that a letter says it is from. */
export function fromDomain(email: Email): string {
  const address = email.from?.[0]?.email ?? ''
  return stripBidi(address.slice(address.lastIndexOf('@') + 1)).toLowerCase()
}

/** The checks that speak against the sender. */
export function disagreeing(authentication: Authentication): CheckName[] {
  return names.filter((name) => authentication[name] === 'fail')
}

function fromSentence({ email, authentication, isOfList }: LetterTrust): TrustSentence | null {
  const { verdict, domain } = authentication
  if (verdict === 'aligned' && domain !== null) {
    const agreeing = names.filter((name) => authentication[name] === 'pass')
    return { icon: 'seal', tone: 'good', lead: t.aligned(domain), rest: t.agree(agreeing) }
  }
  if (verdict === 'failed') {
    const why = authentication.arc === 'pass' ? t.forwarded : isOfList ? t.ofList : ''
    const rest = `${t.disagree(disagreeing(authentication))} ${why}`.trim()
    return { icon: 'forged', tone: 'danger', lead: t.failed(fromDomain(email)), rest }
  }
  const isChecked = names.some((name) => authentication[name] !== null)
  if (!isChecked || fromDomain(email) === '') return null
  return { icon: 'unknown', tone: 'quiet', lead: t.unknown(fromDomain(email)), rest: t.unknownWhy }
}

function senderSentence(email: Email, history: SenderHistory | null): TrustSentence | null {
  if (!history) return null
  const domain = fromDomain(email)
  const other = domain === '' ? null : lookAlikeOf(domain, history.known)
  if (other !== null)
    return { icon: 'person', tone: 'warning', lead: t.lookAlikeLead, rest: t.lookAlike(domain, other).trim() }
  if (!history.first) return null
  const { since } = history.first
  return { icon: 'person', tone: 'quiet', lead: t.firstLead, rest: t.first(since && longDate(since)).trim() }
}

/** Only of a mail protocol: what came through a program says nothing of the network. */
function wayInSentence(entry: Received | null): TrustSentence | null {
  if (!entry?.protocol || !/^(?:UTF8)?E?SMTPS?A?$/.test(entry.protocol)) return null
  return /SMTPSA?$/.test(entry.protocol)
    ? { icon: 'lock', tone: 'good', lead: t.encrypted, rest: t.encryptedHow(entry.tlsVersion).trim() }
    : { icon: 'open', tone: 'quiet', lead: t.plain, rest: t.plainHow.trim() }
}

function spamSentence(spam: SpamScore | null): TrustSentence | null {
  if (!spam) return null
  const rest = spam.isSpam === null ? '' : spam.isSpam ? t.spamIs : t.spamIsNot
  return {
    icon: 'spam',
    tone: spam.isSpam ? 'warning' : 'quiet',
    lead: t.spam(spam.score) + (rest === '' ? '.' : ''),
    rest: rest.trim(),
  }
}
