/** Blob/upload and Blob/get (RFC 9404 §4.1, §4.2) of text. */
import { blobOf } from '../blobs.ts'
import { upload } from '../blob-routes.ts'
import { SetError } from '../errors.ts'
import { isObject, optionalObject, optionalStrings, type Args } from './arguments.ts'
import { accessOf, type MethodContext } from './context.ts'
import { attempt, setResults } from './email-set.ts'

export function blobUpload(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const created: Record<string, unknown> = {}
  const notCreated: Record<string, unknown> = {}
  for (const [key, fields] of Object.entries(optionalObject(args, 'create') ?? {})) {
    attempt(notCreated, key, () => {
      const sources = isObject(fields) && Array.isArray(fields['data']) ? fields['data'] : []
      const texts = sources.map((source) => (isObject(source) ? source['data:asText'] : undefined))
      if (texts.length === 0 || !texts.every((text) => typeof text === 'string'))
        throw new SetError('invalidProperties', undefined, { properties: ['data'] })
      const bytes = new TextEncoder().encode(texts.join(''))
      const type = isObject(fields) && typeof fields['type'] === 'string' ? fields['type'] : null
      const { blobId, size } = upload(access, bytes, type ?? 'application/octet-stream', context.limits, context.now())
      context.createdIds.set(key, String(blobId))
      created[key] = { id: blobId, type, size }
    })
  }
  return { accountId: access.account.id, ...setResults({ created, notCreated }) }
}

export function blobGet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const list: Record<string, unknown>[] = []
  const notFound: string[] = []
  for (const id of optionalStrings(args, 'ids') ?? []) {
    const blob = blobOf(access, id)
    if (!blob) {
      notFound.push(id)
      continue
    }
    const text = new TextDecoder().decode(blob.bytes)
    const isText = Buffer.from(text).equals(Buffer.from(blob.bytes))
    list.push({ id, size: blob.bytes.length, ...(isText ? { 'data:asText': text } : { isEncodingProblem: true }) })
  }
  return { accountId: access.account.id, list, notFound }
}
