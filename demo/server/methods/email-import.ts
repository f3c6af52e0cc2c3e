/** Email/import, Email/copy and Email/parse (RFC 8621 §4.7 to §4.9). */
import type { Access } from '../access.ts'
import { blobOf } from '../blobs.ts'
import { MethodError, SetError } from '../errors.ts'
import { parseMessage } from '../mime/body-parts.ts'
import { contentKeyOf, metaOf } from '../store/stored-email.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { flag, isObject, optionalObject, optionalString, optionalStrings } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, resolveId, stateOf, tooManyObjects } from './context.ts'
import type { MethodContext } from './context.ts'
import { bodyRequest, messageProperty } from './email-object.ts'
import { checkMailboxes, normalized, propertySet } from './email-patch.ts'
import { attempt, createdObject, runEmailSet, setResults } from './email-set.ts'

export function emailImport(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const oldState = stateOf(account, 'Email')
  checkState(args, 'ifInState', oldState)
  const emails = optionalObject(args, 'emails') ?? {}
  if (Object.keys(emails).length > context.limits.maxObjectsInSet) throw tooManyObjects()
  const created: Record<string, unknown> = {}
  const notCreated: Record<string, unknown> = {}
  account.transact(() => {
    for (const [key, fields] of Object.entries(emails)) {
      attempt(notCreated, key, () => {
        const email = importOne(context, access, fields)
        context.createdIds.set(key, email.id)
        created[key] = createdObject(email)
      })
    }
  })
  const results = setResults({ created, notCreated })
  // Cyrus 3.6 tells no states here.
  const states = context.personality.name === 'cyrus' ? {} : { oldState, newState: stateOf(account, 'Email') }
  return { accountId: account.id, ...states, ...results }
}

function checkState(args: Args, name: string, state: string): void {
  const wanted = optionalString(args, name)
  if (wanted !== null && wanted !== state) throw new MethodError('stateMismatch')
}

function importOne(context: MethodContext, access: Access, fields: unknown): StoredEmail {
  if (!isObject(fields)) throw new SetError('invalidProperties')
  const blob = typeof fields['blobId'] === 'string' ? blobOf(access, fields['blobId']) : undefined
  if (!blob) throw new SetError('invalidProperties', 'Invalid blob id.', { properties: ['blobId'] })
  const placement = placementOf(context, access, fields)
  if (parseMessage(blob.bytes, '').headers.length === 0) throw new SetError('invalidEmail')
  const { quotaBytes } = access.account.side
  if (quotaBytes !== null && access.account.usedBytes + blob.bytes.length > quotaBytes) throw new SetError('overQuota')
  return store(access, blob.bytes, placement)
}

interface Placed {
  readonly mailboxIds: ReadonlySet<string>
  readonly keywords: ReadonlySet<string>
  readonly receivedAt?: string
}

function placementOf(context: MethodContext, access: Access, fields: Readonly<Record<string, unknown>>): Placed {
  const resolve = (id: string): string => resolveId(context, id)
  const mailboxIds = propertySet('mailboxIds', fields['mailboxIds'] ?? {}, resolve)
  checkMailboxes(access, mailboxIds)
  if (![...mailboxIds].every((id) => access.mayWrite(id))) throw new SetError('forbidden')
  const keywords = normalized(propertySet('keywords', fields['keywords'] ?? {}, resolve), access)
  const { receivedAt } = fields
  return { mailboxIds, keywords, ...(typeof receivedAt === 'string' && { receivedAt }) }
}

/** The same bytes cannot be there twice where ids are made of content (Cyrus). */
function store(access: Access, bytes: Uint8Array, placement: Placed): StoredEmail {
  const { account } = access
  const existing = account.byBlobId.get(account.personality.blobId(contentKeyOf(bytes)))
  if (account.personality.name === 'cyrus' && existing) {
    throw new SetError('alreadyExists', undefined, { existingId: existing.id })
  }
  return account.add(bytes, placement)
}

export function emailCopy(context: MethodContext, args: Args): readonly (readonly [string, Record<string, unknown>])[] {
  const from = accessOf(context, args, 'fromAccountId')
  const to = accessOf(context, args)
  if (from.account === to.account) throw new MethodError('invalidArguments', 'From accountId is equal to fromAccountId')
  const oldState = stateOf(to.account, 'Email')
  checkState(args, 'ifInState', oldState)
  checkState(args, 'ifFromInState', stateOf(from.account, 'Email'))
  const create = optionalObject(args, 'create') ?? {}
  if (Object.keys(create).length > context.limits.maxObjectsInSet) throw tooManyObjects()
  const created: Record<string, unknown> = {}
  const notCreated: Record<string, unknown> = {}
  const copied: string[] = []
  to.account.transact(() => {
    for (const [key, fields] of Object.entries(create)) {
      attempt(notCreated, key, () => {
        const id = isObject(fields) && typeof fields['id'] === 'string' ? resolveId(context, fields['id']) : ''
        const original = from.email(id)
        if (!original || !isObject(fields)) throw new SetError('notFound')
        const received = { receivedAt: new Date(original.receivedAt).toISOString(), ...fields }
        const email = store(to, original.raw(), placementOf(context, to, received))
        context.createdIds.set(key, email.id)
        created[key] = createdObject(email)
        copied.push(id)
      })
    }
  })
  const results = setResults({ created, notCreated })
  const answer: [string, Record<string, unknown>] = [
    'Email/copy',
    {
      fromAccountId: from.account.id,
      accountId: to.account.id,
      oldState,
      newState: stateOf(to.account, 'Email'),
      ...results,
    },
  ]
  if (!flag(args, 'onSuccessDestroyOriginal') || copied.length === 0) return [answer]
  return [answer, implicitEmailSet(context, from, { create: {}, update: {}, destroy: copied })]
}

/** The Email/set that another method implies, as an answer of its own (RFC 8620 §5.4). */
export function implicitEmailSet(
  context: MethodContext,
  access: Access,
  wanted: Parameters<typeof runEmailSet>[2],
): [string, Record<string, unknown>] {
  const oldState = stateOf(access.account, 'Email')
  const results = access.account.transact(() => runEmailSet(context, access, wanted))
  return [
    'Email/set',
    { accountId: access.account.id, oldState, newState: stateOf(access.account, 'Email'), ...results },
  ]
}

const PARSED_PROPERTIES = [
  ...['messageId', 'inReplyTo', 'references', 'sender', 'from', 'to', 'cc', 'bcc', 'replyTo', 'subject', 'sentAt'],
  ...['hasAttachment', 'preview', 'bodyValues', 'textBody', 'htmlBody', 'attachments'],
]

/** Properties that only a stored message has are null (§4.9). */
const STORED_ONLY = new Set(['id', 'mailboxIds', 'keywords', 'receivedAt', 'threadId'])

export function emailParse(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const blobIds = optionalStrings(args, 'blobIds')
  if (!blobIds) throw new MethodError('invalidArguments', 'The "blobIds" property is required.')
  if (blobIds.length > (context.personality.name === 'stalwart' ? 10 : context.limits.maxObjectsInGet))
    throw tooManyObjects()
  const request = bodyRequest({ ...args, properties: args['properties'] ?? PARSED_PROPERTIES })
  const parsed: Record<string, unknown> = {}
  const notParsable: string[] = []
  const notFound: string[] = []
  for (const blobId of blobIds) {
    const blob = blobOf(access, blobId)
    if (!blob) {
      notFound.push(blobId)
      continue
    }
    const message = parseMessage(blob.bytes, blobId)
    if (message.headers.length === 0) {
      notParsable.push(blobId)
      continue
    }
    const meta = metaOf(message, blob.bytes.length, 0)
    const { hasAttachment, preview, size } = meta
    const own: Record<string, unknown> = { hasAttachment, preview, size, blobId }
    parsed[blobId] = Object.fromEntries(
      request.properties.map((name) => [
        name,
        STORED_ONLY.has(name) ? null : name in own ? own[name] : messageProperty(name, message, request),
      ]),
    )
  }
  const found = Object.keys(parsed).length > 0
  return {
    accountId: access.account.id,
    parsed: found ? parsed : null,
    notParsable: notParsable.length > 0 ? notParsable : null,
    notFound: notFound.length > 0 ? notFound : null,
  }
}
