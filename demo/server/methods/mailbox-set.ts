/** Mailbox/set (RFC 8621 §2.5). */
import type { Access } from '../access.ts'
import { SetError } from '../errors.ts'
import { MAX_MAILBOX_DEPTH, MAX_MAILBOX_NAME } from '../session.ts'
import type { StoredMailbox } from '../store/mailboxes.ts'
import { flag, isObject } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, resolveId, setArguments, stateOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { attempt, setResults } from './email-set.ts'

export function mailboxSet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const oldState = stateOf(account, 'Mailbox')
  const wanted = setArguments(context, args, oldState)
  const removesEmails = flag(args, 'onDestroyRemoveEmails')
  const results = account.transact(() => {
    const created: Record<string, unknown> = {}
    const notCreated: Record<string, unknown> = {}
    for (const [key, fields] of Object.entries(wanted.create)) {
      attempt(notCreated, key, () => {
        const mailbox = create(context, access, fields)
        context.createdIds.set(key, mailbox.id)
        created[key] = createdObject(context, access, mailbox)
      })
    }
    const updated: Record<string, unknown> = {}
    const notUpdated: Record<string, unknown> = {}
    for (const [id, patch] of Object.entries(wanted.update)) {
      attempt(notUpdated, id, () => {
        if (wanted.destroy.includes(id)) throw new SetError('willDestroy', 'ID will be destroyed.')
        update(context, access, find(access, resolveId(context, id)), patch)
        updated[id] = null
      })
    }
    const destroyed: string[] = []
    const notDestroyed: Record<string, unknown> = {}
    for (const id of wanted.destroy) {
      attempt(notDestroyed, id, () => {
        destroy(context, access, find(access, resolveId(context, id)), removesEmails)
        destroyed.push(id)
      })
    }
    return setResults({ created, updated, destroyed, notCreated, notUpdated, notDestroyed })
  })
  return { accountId: account.id, oldState, newState: stateOf(account, 'Mailbox'), ...results }
}

const invalid = (property: string, description?: string): SetError =>
  new SetError('invalidProperties', description, { properties: [property] })

function find(access: Access, id: string): StoredMailbox {
  const mailbox = access.mailboxes().find((candidate) => candidate.id === id)
  if (!mailbox) throw new SetError('notFound')
  return mailbox
}

/** Stalwart says the id alone; others what the server chose too. */
function createdObject(context: MethodContext, access: Access, mailbox: StoredMailbox): Record<string, unknown> {
  const { id, isSubscribed, sortOrder } = mailbox
  if (context.personality.name === 'stalwart') return { id }
  const counts = { totalEmails: 0, unreadEmails: 0, totalThreads: 0, unreadThreads: 0 }
  return { id, isSubscribed, sortOrder, ...counts, myRights: access.myRights(mailbox) }
}

function create(context: MethodContext, access: Access, fields: unknown): StoredMailbox {
  if (!isObject(fields)) throw invalid('name')
  const wanted = read(context, access, fields)
  const parentId = wanted.parentId ?? null
  if (wanted.name === undefined) throw invalid('name')
  if (parentId === null ? !access.isOwner : !access.mayWrite(parentId)) throw new SetError('forbidden')
  checkDepth(access, parentId, 1)
  checkName(context, access, wanted.name, parentId, null)
  checkRole(access, context, wanted.role, null)
  return access.account.createMailbox({ ...wanted, name: wanted.name, parentId })
}

interface Fields {
  name?: string
  parentId?: string | null
  role?: string | null
  sortOrder?: number
  isSubscribed?: boolean
}

function read(context: MethodContext, access: Access, fields: Readonly<Record<string, unknown>>): Fields {
  const wanted: Fields = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'name' && typeof value === 'string' && value.trim() !== '') wanted.name = value
    else if (name === 'parentId' && value === null) wanted.parentId = null
    else if (name === 'parentId' && typeof value === 'string')
      wanted.parentId = find(access, resolveId(context, value)).id
    else if (name === 'role' && (value === null || typeof value === 'string')) wanted.role = value
    else if (name === 'sortOrder' && Number.isSafeInteger(value)) wanted.sortOrder = value as number
    else if (name === 'isSubscribed' && typeof value === 'boolean') wanted.isSubscribed = value
    else throw invalid(name)
  }
  return wanted
}

/** RFC 8621 §1.3.1 `maxMailboxDepth`, as the session has it. `height`: levels of what goes there. */
function checkDepth(access: Access, parentId: string | null, height: number): void {
  let depth = height
  for (let id = parentId; id !== null; id = access.account.mailboxes.get(id)?.parentId ?? null) depth += 1
  if (depth > MAX_MAILBOX_DEPTH) throw invalid('parentId', 'Mailbox parent path is too deep.')
}

function heightOf(access: Access, id: string): number {
  const children = [...access.account.mailboxes.values()].filter(({ parentId }) => parentId === id)
  return 1 + Math.max(0, ...children.map((child) => heightOf(access, child.id)))
}

/** Siblings have different names (RFC 8621 §2); Stalwart minds case, the others do not. */
function checkName(
  context: MethodContext,
  access: Access,
  name: string,
  parentId: string | null,
  own: string | null,
): void {
  const { personality } = context
  // Net-Unicode (RFC 5198) has no control characters.
  if (Buffer.byteLength(name) > MAX_MAILBOX_NAME || /\p{Cc}/u.test(name)) throw invalid('name', 'Invalid mailbox name.')
  if (personality.name === 'cyrus' && /[/%\\"]/.test(name)) throw new SetError('serverFail', 'Invalid mailbox name')
  const key = (text: string): string => (personality.name === 'stalwart' ? text : text.toLowerCase())
  for (const mailbox of access.account.mailboxes.values()) {
    if (mailbox.id === own || mailbox.parentId !== parentId) continue
    if (key(mailbox.name) !== key(name)) continue
    const description = 'A mailbox with this name already exists.'
    // As the clarifications of RFC 8621 have it; the real servers say which property it is.
    if (personality.name === 'plain') throw new SetError('alreadyExists', description, { existingId: mailbox.id })
    throw invalid('name', description)
  }
}

function checkRole(access: Access, context: MethodContext, role: string | null | undefined, own: string | null): void {
  if (role === undefined || role === null) return
  const holder = access.account.mailboxByRole(role)
  if (!holder || holder.id === own) return
  // Cyrus takes it from the old one without a word.
  if (context.personality.name === 'cyrus') access.account.updateMailbox(holder.id, { role: null })
  else throw invalid('role', `A mailbox with role '${role}' already exists.`)
}

function update(context: MethodContext, access: Access, mailbox: StoredMailbox, patch: unknown): void {
  if (!isObject(patch)) throw new SetError('invalidPatch')
  const wanted = read(context, access, patch)
  const isStructural = wanted.name !== undefined || wanted.parentId !== undefined || wanted.role !== undefined
  if (isStructural && !access.isOwner) throw new SetError('forbidden')
  const isFixed = ['inbox', 'junk', 'trash'].includes(mailbox.role ?? '')
  if (wanted.role !== undefined && isFixed && context.personality.name === 'stalwart') {
    throw invalid('role', 'You are not allowed to change the role of Inbox, Junk or Trash folders.')
  }
  for (let id = wanted.parentId ?? null; id !== null; id = access.account.mailboxes.get(id)?.parentId ?? null) {
    if (id === mailbox.id) throw invalid('parentId', 'A mailbox cannot be within itself.')
  }
  const parentId = wanted.parentId === undefined ? mailbox.parentId : wanted.parentId
  if (wanted.parentId !== undefined) checkDepth(access, parentId, heightOf(access, mailbox.id))
  checkName(context, access, wanted.name ?? mailbox.name, parentId, mailbox.id)
  checkRole(access, context, wanted.role, mailbox.id)
  access.account.updateMailbox(mailbox.id, wanted)
}

function destroy(context: MethodContext, access: Access, mailbox: StoredMailbox, removesEmails: boolean): void {
  if (!access.isOwner) throw new SetError('forbidden')
  const fixed = context.personality.name === 'stalwart' ? ['inbox', 'junk', 'trash'] : ['inbox']
  if (fixed.includes(mailbox.role ?? '')) {
    throw new SetError('forbidden', 'You are not allowed to delete Inbox, Junk or Trash folders.')
  }
  if ([...access.account.mailboxes.values()].some((child) => child.parentId === mailbox.id)) {
    throw new SetError('mailboxHasChild', 'Mailbox has at least one children.')
  }
  if (mailbox.emails.size > 0 && !removesEmails) throw new SetError('mailboxHasEmail', 'Mailbox is not empty.')
  access.account.destroyMailbox(mailbox.id)
}
