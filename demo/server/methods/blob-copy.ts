/** Blob/copy (RFC 8620 §6.3). */
import { blobOf } from '../blobs.ts'
import { MethodError, SetError } from '../errors.ts'
import { contentKeyOf } from '../store/stored-email.ts'
import { optionalStrings } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, resolveId, tooManyObjects } from './context.ts'
import type { MethodContext } from './context.ts'
import { attempt, setResults } from './email-set.ts'

export function blobCopy(context: MethodContext, args: Args): Record<string, unknown> {
  const from = accessOf(context, args, 'fromAccountId')
  const to = accessOf(context, args)
  if (from.account === to.account) throw new MethodError('invalidArguments', 'From accountId is equal to fromAccountId')
  const blobIds = optionalStrings(args, 'blobIds')
  if (!blobIds) throw new MethodError('invalidArguments', 'The "blobIds" property is required.')
  if (blobIds.length > context.limits.maxObjectsInSet) throw tooManyObjects()
  const copied: Record<string, unknown> = {}
  const notCopied: Record<string, unknown> = {}
  for (const id of blobIds) {
    attempt(notCopied, id, () => {
      const blob = blobOf(from, resolveId(context, id))
      if (!blob) throw new SetError('blobNotFound')
      const blobId = `${to.account.personality.blobId(`upload ${contentKeyOf(blob.bytes)}`)}u`
      to.account.side.uploads.set(blobId, blob)
      copied[id] = blobId
    })
  }
  return { fromAccountId: from.account.id, accountId: to.account.id, ...setResults({ copied, notCopied }) }
}
