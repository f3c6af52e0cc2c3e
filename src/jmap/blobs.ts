/** Bytes of blobs, down and up (RFC 8620 §6). */
import { JmapError } from './errors.ts'
import type { HttpDeps } from './http-exchange.ts'
import { errorOf, exchange, readJson } from './http-exchange.ts'
import type { Session } from './session.ts'
import type { AccountId, BlobId } from './types.ts'
import { expandTemplate } from './url-template.ts'
import { asObject, asString, own } from './wire-json.ts'

const transferTimeoutMs = 600_000

export interface DownloadBlob {
  readonly accountId: AccountId
  readonly blobId: BlobId
  readonly type: string
  readonly name: string
}

export interface TransferOptions {
  readonly authorization: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((received: number) => void) | undefined
}

/** A name of dots alone, or none, cannot stand in a path. */
const pathName = (name: string): string => (/^\.{0,2}$/.test(name) ? 'file' : name)

/** The type of the answer is the one asked for: a server, or the mail's sender behind it, cannot turn it into a page. */
export function downloadBlob(
  deps: HttpDeps,
  session: Session,
  blob: DownloadBlob,
  options: TransferOptions,
): Promise<Blob> {
  const url = expandTemplate(session.downloadUrl, { ...blob, name: pathName(blob.name) })
  return exchange(
    deps,
    { url, headers: { Authorization: options.authorization }, signal: options.signal, timeoutMs: transferTimeoutMs },
    async (response) => {
      const failure = await errorOf(response, deps.clock.now())
      if (failure) throw failure
      const chunks: Uint8Array<ArrayBuffer>[] = []
      let received = 0
      const reader = response.body?.getReader()
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        chunks.push(part.value)
        received += part.value.byteLength
        options.onProgress?.(received)
      }
      return new Blob(chunks, { type: blob.type })
    },
  )
}

export interface UploadedBlob {
  readonly blobId: BlobId
  readonly size: number
}

/** Never tried again by itself: Stalwart counts refused uploads against the hour's quota (M21). */
export function uploadBlob(
  deps: HttpDeps,
  session: Session,
  accountId: AccountId,
  content: Blob,
  options: TransferOptions,
): Promise<UploadedBlob> {
  if (content.size > session.limits.maxSizeUpload) {
    throw new JmapError('limit', 'The file is larger than the server takes', { limit: 'maxSizeUpload' })
  }
  return exchange(
    deps,
    {
      url: expandTemplate(session.uploadUrl, { accountId }),
      method: 'POST',
      headers: {
        Authorization: options.authorization,
        'Content-Type': content.type === '' ? 'application/octet-stream' : content.type,
      },
      body: content,
      signal: options.signal,
      timeoutMs: transferTimeoutMs,
    },
    async (response) => {
      const object = asObject((await readJson(response, deps.clock.now())).value)
      const blobId = asString(own(object, 'blobId'))
      if (blobId === undefined) throw new JmapError('protocol', 'The upload has no blobId')
      const size = own(object, 'size')
      return { blobId: blobId as BlobId, size: typeof size === 'number' ? size : content.size }
    },
  )
}
