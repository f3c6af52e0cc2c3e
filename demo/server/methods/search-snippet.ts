/** SearchSnippet/get (RFC 8621 §5.1). */
import { MethodError } from '../errors.ts'
import { isObject, optionalStrings } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, tooManyObjects } from './context.ts'
import type { MethodContext } from './context.ts'
import { bodyText, fold, searchTerms } from './email-text.ts'

const SNIPPET_LENGTH = 255

export function searchSnippetGet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const emailIds = optionalStrings(args, 'emailIds')
  if (!emailIds) throw new MethodError('invalidArguments', 'The "emailIds" property is required.')
  if (emailIds.length > context.limits.maxObjectsInGet) throw tooManyObjects()
  const terms = { subject: new Set<string>(), body: new Set<string>() }
  collectTerms(args['filter'], terms)
  const list: Record<string, unknown>[] = []
  const notFound: string[] = []
  for (const emailId of emailIds) {
    const email = access.email(emailId)
    if (!email) {
      notFound.push(emailId)
      continue
    }
    const subject = mark(email.meta.subject ?? '', terms.subject)
    const preview = terms.body.size > 0 ? around(bodyText(email), terms.body) : null
    list.push({ emailId, subject, preview })
  }
  // RFC 8621 says null when all were found, and Stalwart does.
  return { accountId: access.account.id, list, notFound: notFound.length > 0 ? notFound : null }
}

function collectTerms(filter: unknown, terms: { subject: Set<string>; body: Set<string> }): void {
  if (!isObject(filter)) return
  if (filter['operator'] === 'NOT') return
  if (Array.isArray(filter['conditions'])) for (const condition of filter['conditions']) collectTerms(condition, terms)
  const add = (name: string, sets: readonly Set<string>[]): void => {
    const value = filter[name]
    if (typeof value === 'string') for (const term of searchTerms(value)) for (const set of sets) set.add(term)
  }
  add('text', [terms.subject, terms.body])
  add('subject', [terms.subject])
  add('body', [terms.body])
}

/** Null when nothing matches. The text is escaped; `<mark>` is the only markup. */
function mark(text: string, terms: ReadonlySet<string>): string | null {
  const found = new Set<string>()
  const marked = text.replace(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu, (piece) => {
    const isTerm = [...terms].some((term) => term.split(' ').includes(fold(piece)))
    if (isTerm) found.add(piece)
    return isTerm ? `<mark>${escapeHtml(piece)}</mark>` : escapeHtml(piece)
  })
  return found.size > 0 ? marked : null
}

function around(text: string, terms: ReadonlySet<string>): string | null {
  const clean = text.replace(/\s+/g, ' ').trim()
  const words = [...clean.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
  const hit = words.find((match) => [...terms].some((term) => term.split(' ').includes(fold(match[0]))))
  if (!hit) return null
  const before = Math.max(0, hit.index - 60)
  // From a word's beginning.
  const start = before === 0 ? 0 : Math.min(hit.index, clean.indexOf(' ', before) + 1)
  return mark(clean.slice(start, start + SNIPPET_LENGTH), terms)
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
