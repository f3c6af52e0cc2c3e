/** What an Email/set update may change: keywords and mailboxIds, whole or by patch (RFC 8620 §5.3, RFC 8621 §4.6). */
import type { Access } from '../access.ts'
import { SetError } from '../errors.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { isObject } from './arguments.ts'

const invalid = (property: string, description = 'Invalid property or value.'): SetError =>
  new SetError('invalidProperties', description, { properties: [property] })

export interface EmailPatch {
  readonly keywords: ReadonlySet<string>
  readonly mailboxIds: ReadonlySet<string>
}

/** `resolve` turns creation ids of mailboxes into ids. Throws a SetError; changes nothing. */
export function patchEmail(
  access: Access,
  email: StoredEmail,
  patch: unknown,
  resolve: (id: string) => string,
): EmailPatch {
  if (!isObject(patch)) throw new SetError('invalidPatch')
  const sets = { keywords: new Set(email.keywords), mailboxIds: new Set(email.mailboxIds) }
  for (const [path, value] of Object.entries(patch)) {
    const [property, encoded, ...more] = path.split('/')
    if (property !== 'keywords' && property !== 'mailboxIds') {
      // Cyrus takes a change of an immutable property for done.
      if (access.account.personality.name === 'cyrus') continue
      throw invalid(property ?? path)
    }
    if (more.length > 0) throw new SetError('invalidPatch')
    if (encoded === undefined) {
      sets[property] = propertySet(property, value, resolve)
      continue
    }
    const key = encoded.replaceAll('~1', '/').replaceAll('~0', '~')
    const id = property === 'mailboxIds' ? resolve(key) : checkedKeyword(key)
    if (value === true) sets[property].add(id)
    else if (value === null || value === false) sets[property].delete(id)
    else throw invalid(property)
  }
  const keywords = normalized(sets.keywords, access)
  checkMailboxes(access, sets.mailboxIds)
  checkRights(access, email, keywords, sets.mailboxIds)
  return { keywords, mailboxIds: sets.mailboxIds }
}

/** `{ id: true }` as a set. */
export function propertySet(property: string, value: unknown, resolve: (id: string) => string): Set<string> {
  if (!isObject(value)) throw invalid(property)
  const set = new Set<string>()
  for (const [key, on] of Object.entries(value)) {
    if (on !== true) throw invalid(property)
    set.add(property === 'mailboxIds' ? resolve(key) : checkedKeyword(key))
  }
  return set
}

/** RFC 8621 §4.1.1: 1–255 characters, ASCII without some. */
function checkedKeyword(keyword: string): string {
  if (!/^[\x21-\x7e]{1,255}$/.test(keyword) || /[(){\]%*"\\]/.test(keyword)) throw invalid('keywords')
  return keyword
}

export function normalized(keywords: ReadonlySet<string>, access: Access): Set<string> {
  const { lowerCaseKeywords, attachmentKeyword } = access.account.personality
  const set = new Set([...keywords].map((keyword) => (lowerCaseKeywords ? keyword.toLowerCase() : keyword)))
  if (attachmentKeyword) set.delete('$hasattachment')
  return set
}

export function checkMailboxes(access: Access, mailboxIds: ReadonlySet<string>): void {
  for (const id of mailboxIds) {
    if (!access.mailboxes().some((mailbox) => mailbox.id === id)) {
      throw invalid('mailboxIds', `mailboxId ${id} does not exist.`)
    }
  }
  if (mailboxIds.size === 0) throw invalid('mailboxIds', 'Message has to belong to at least one mailbox.')
}

function checkRights(
  access: Access,
  email: StoredEmail,
  keywords: ReadonlySet<string>,
  mailboxIds: ReadonlySet<string>,
): void {
  const moved = [
    ...[...email.mailboxIds].filter((id) => !mailboxIds.has(id)),
    ...[...mailboxIds].filter((id) => !email.mailboxIds.has(id)),
  ]
  if (!moved.every((id) => access.mayWrite(id))) throw new SetError('forbidden')
  const flagged = keywords.size !== email.keywords.size || [...keywords].some((keyword) => !email.keywords.has(keyword))
  if (flagged && ![...email.mailboxIds].every((id) => access.mayWrite(id))) throw new SetError('forbidden')
}
