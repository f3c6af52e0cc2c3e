/** Email/set (RFC 8621 §4.6). */
import type { Access } from '../access.ts'
import { blobOf } from '../blobs.ts'
import { MethodError, SetError } from '../errors.ts'
import { writeMessage } from '../mime/write-message.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { isObject } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, resolveId, setArguments, stateOf } from './context.ts'
import type { MethodContext, SetArguments } from './context.ts'
import { checkMailboxes, normalized, patchEmail, propertySet } from './email-patch.ts'

type Outcome = Record<string, unknown>

export function emailSet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const oldState = stateOf(access.account, 'Email')
  const wanted = setArguments(context, args, oldState)
  const results = access.account.transact(() => runEmailSet(context, access, wanted))
  return { accountId: access.account.id, oldState, newState: stateOf(access.account, 'Email'), ...results }
}

export function runEmailSet(context: MethodContext, access: Access, wanted: SetArguments): Record<string, unknown> {
  const created: Outcome = {}
  const notCreated: Outcome = {}
  for (const [creationId, fields] of Object.entries(wanted.create)) {
    attempt(notCreated, creationId, () => {
      const email = createEmail(context, access, fields)
      context.createdIds.set(creationId, email.id)
      created[creationId] = createdObject(email)
    })
  }
  const updated: Outcome = {}
  const notUpdated: Outcome = {}
  for (const [id, patch] of Object.entries(wanted.update)) {
    attempt(notUpdated, id, () => {
      if (wanted.destroy.includes(id)) throw new SetError('willDestroy', 'ID will be destroyed.')
      const email = target(context, access, id)
      const next = patchEmail(access, email, patch, (mailboxId) => resolveId(context, mailboxId))
      access.account.update(email, next.keywords, next.mailboxIds)
      updated[id] = null
    })
  }
  const destroyed: string[] = []
  const notDestroyed: Outcome = {}
  for (const id of wanted.destroy) {
    // Cyrus 3.6 lists an id it does not know as destroyed.
    if (context.personality.name === 'cyrus' && !access.email(id)) {
      destroyed.push(id)
      continue
    }
    attempt(notDestroyed, id, () => {
      const email = target(context, access, id)
      if (![...email.mailboxIds].every((mailboxId) => access.mayWrite(mailboxId))) throw new SetError('forbidden')
      access.account.destroy(email.id)
      destroyed.push(id)
    })
  }
  return setResults({ created, updated, destroyed, notCreated, notUpdated, notDestroyed })
}

/** Runs one record of a /set; what it throws is its error alone. */
export function attempt(errors: Outcome, key: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof SetError) errors[key] = error.toJSON()
    else if (error instanceof MethodError) errors[key] = { type: 'notFound' }
    else throw error
  }
}

/** RFC 8620 §5.3: null where there is nothing. */
export function setResults(results: Record<string, Outcome | string[]>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [name, Object.keys(value).length > 0 ? value : null]),
  )
}

/** A merge's dead id reaches the living message (M40). */
function target(context: MethodContext, access: Access, id: string): StoredEmail {
  const realId = resolveId(context, id)
  const email = access.email(realId) ?? access.account.deadIds.get(realId)?.email
  if (!email) throw new SetError('notFound')
  return email
}

export function createdObject(email: StoredEmail): Record<string, unknown> {
  return { id: email.id, blobId: email.blobId, threadId: email.thread.id, size: email.meta.size }
}

function createEmail(context: MethodContext, access: Access, fields: unknown): StoredEmail {
  if (!isObject(fields)) throw new SetError('invalidProperties')
  const resolve = (id: string): string => resolveId(context, id)
  const mailboxIds = propertySet('mailboxIds', fields['mailboxIds'] ?? {}, resolve)
  const keywords = normalized(propertySet('keywords', fields['keywords'] ?? {}, resolve), access)
  checkMailboxes(access, mailboxIds)
  if (![...mailboxIds].every((id) => access.mayWrite(id))) throw new SetError('forbidden')
  const raw = writeMessage(fields, {
    now: context.now(),
    messageId: `${context.directory.uuid()}@${context.directory.hostName}`,
    boundary: () => context.directory.uuid(),
    blob: (blobId) => blobOf(access, blobId),
  })
  const receivedAt = typeof fields['receivedAt'] === 'string' ? fields['receivedAt'] : undefined
  return access.account.add(raw, { mailboxIds, keywords, ...(receivedAt !== undefined && { receivedAt }) })
}
