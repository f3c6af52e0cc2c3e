/** Bytes of blobs (RFC 8620 §6.2). */
import type { HttpDeps } from './http-exchange.ts'
import { errorOf, exchange } from './http-exchange.ts'
import type { Session } from './session.ts'
import type { AccountId, BlobId } from './types.ts'
import { expandTemplate } from './expand-template.ts'

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
