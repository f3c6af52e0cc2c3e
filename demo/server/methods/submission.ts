/** EmailSubmission (RFC 8621 §7): sending, to users of this server for real, elsewhere into the void. */
import type { Access } from '../access.ts'
import { MethodError, SetError } from '../errors.ts'
import type { Submission } from '../store/side-records.ts'
import { flag, isObject, optionalObject, optionalStrings } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, resolveId, setArguments, stateOf } from './context.ts'
import type { Answer, MethodContext } from './context.ts'
import { implicitEmailSet } from './email-import.ts'
import { attempt, setResults } from './email-set.ts'
import { get } from './get.ts'
import { submit } from './submit.ts'

function own(context: MethodContext, args: Args): Access {
  const access = accessOf(context, args)
  if (access.isOwner) return access
  throw new MethodError(context.personality.name === 'cyrus' ? 'accountNotSupportedByMethod' : 'forbidden')
}

export function submissionGet(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = own(context, args)
  const isCyrus = context.personality.name === 'cyrus'
  return get(context, args, {
    accountId: account.id,
    state: stateOf(account, 'EmailSubmission'),
    properties: [
      ...['id', 'identityId', 'emailId', 'threadId', 'envelope', 'sendAt', 'undoStatus', 'deliveryStatus'],
      ...['dsnBlobIds', 'mdnBlobIds'],
    ],
    all: () => account.side.submissions.keys(),
    find: (id) => {
      const submission = account.side.submissions.get(id)
      if (!submission) return undefined
      const { cancel: _, ...object } = submission
      return { ...object, dsnBlobIds: [], mdnBlobIds: [], ...(isCyrus && { deliveryStatus: null }) }
    },
  })
}

export function submissionQuery(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = own(context, args)
  const filter = optionalObject(args, 'filter') ?? {}
  const found = [...account.side.submissions.values()].filter((submission) => matches(submission, filter))
  const ids = found.map((submission) => submission.id)
  const state = account.log.state('EmailSubmission')
  return {
    accountId: account.id,
    queryState: account.personality.encodeQueryState(state, account.log.isCommitEnd(state)),
    canCalculateChanges: false,
    position: 0,
    ids,
    ...(flag(args, 'calculateTotal') && { total: ids.length }),
  }
}

function matches(submission: Submission, filter: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(filter).every(([name, value]) => {
    const isIn = (item: string): boolean => Array.isArray(value) && value.includes(item)
    if (name === 'identityIds') return isIn(submission.identityId)
    if (name === 'emailIds') return isIn(submission.emailId)
    if (name === 'threadIds') return isIn(submission.threadId)
    if (name === 'undoStatus') return submission.undoStatus === value
    if (name === 'before') return submission.sendAt < String(value)
    if (name === 'after') return submission.sendAt >= String(value)
    throw new MethodError('unsupportedFilter', name)
  })
}

export function submissionSet(context: MethodContext, args: Args): readonly Answer[] {
  const access = own(context, args)
  const { account } = access
  const oldState = stateOf(account, 'EmailSubmission')
  const wanted = setArguments(context, args, oldState)
  const created: Record<string, unknown> = {}
  const notCreated: Record<string, unknown> = {}
  const succeeded = new Map<string, string>()
  const updated: Record<string, unknown> = {}
  const notUpdated: Record<string, unknown> = {}
  const destroyed: string[] = []
  const notDestroyed: Record<string, unknown> = {}
  account.transact(() => {
    for (const [key, fields] of Object.entries(wanted.create)) {
      attempt(notCreated, key, () => {
        const submission = submit(context, access, fields)
        context.createdIds.set(key, submission.id)
        succeeded.set(`#${key}`, submission.emailId)
        const { id, sendAt, undoStatus } = submission
        created[key] = { id, sendAt, undoStatus }
      })
    }
    for (const [id, patch] of Object.entries(wanted.update)) {
      attempt(notUpdated, id, () => {
        const submission = find(access, resolveId(context, id))
        unsend(access, submission, patch)
        succeeded.set(id, submission.emailId)
        updated[id] = null
      })
    }
    for (const id of wanted.destroy) {
      attempt(notDestroyed, id, () => {
        const submission = find(access, resolveId(context, id))
        account.side.submissions.delete(submission.id)
        account.log.record('EmailSubmission', submission.id, 'destroyed')
        succeeded.set(id, submission.emailId)
        destroyed.push(id)
      })
    }
  })
  const results = setResults({ created, updated, destroyed, notCreated, notUpdated, notDestroyed })
  const newState = stateOf(account, 'EmailSubmission')
  const answer: Answer = ['EmailSubmission/set', { accountId: account.id, oldState, newState, ...results }]
  const implied = onSuccess(context, args, succeeded)
  return implied ? [answer, implicitEmailSet(context, access, implied)] : [answer]
}

function find(access: Access, id: string): Submission {
  const submission = access.account.side.submissions.get(id)
  if (!submission) throw new SetError('notFound')
  return submission
}

function unsend(access: Access, submission: Submission, patch: unknown): void {
  if (
    !isObject(patch) ||
    Object.keys(patch).some((name) => name !== 'undoStatus') ||
    patch['undoStatus'] !== 'canceled'
  ) {
    throw new SetError('invalidProperties', undefined, { properties: ['undoStatus'] })
  }
  if (submission.undoStatus !== 'pending') throw new SetError('cannotUnsend')
  submission.cancel()
  submission.undoStatus = 'canceled'
  access.account.log.record('EmailSubmission', submission.id, 'updated')
}

/** onSuccessUpdateEmail and onSuccessDestroyEmail (§7.5), by submission id or creation id. */
function onSuccess(
  context: MethodContext,
  args: Args,
  succeeded: ReadonlyMap<string, string>,
): { create: Record<string, never>; update: Record<string, unknown>; destroy: string[] } | null {
  const update: Record<string, unknown> = {}
  for (const [key, patch] of Object.entries(optionalObject(args, 'onSuccessUpdateEmail') ?? {})) {
    const emailId = succeeded.get(key) ?? succeeded.get(creationKey(context, key))
    if (emailId !== undefined) update[emailId] = patch
  }
  const destroy = (optionalStrings(args, 'onSuccessDestroyEmail') ?? []).flatMap((key) => succeeded.get(key) ?? [])
  return Object.keys(update).length + destroy.length > 0 ? { create: {}, update, destroy } : null
}

function creationKey(context: MethodContext, id: string): string {
  for (const [key, created] of context.createdIds) if (created === id) return `#${key}`
  return id
}
