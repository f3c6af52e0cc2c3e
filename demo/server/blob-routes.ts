/** Uploads and downloads (RFC 8620 §6.1, §6.2). */
import type { Access } from './access.ts'
import { blobOf } from './blobs.ts'
import { RequestError, limitError } from './errors.ts'
import type { Limits } from './options.ts'
import type { Personality } from './personality.ts'
import { contentKeyOf } from './store/stored-email.ts'

const HOUR_MS = 3_600_000

export function notFound(): RequestError {
  return new RequestError(404, {
    type: 'about:blank',
    status: 404,
    title: 'Not Found',
    detail: 'The requested resource does not exist on this server.',
  })
}

export function upload(
  access: Access,
  bytes: Uint8Array,
  type: string,
  limits: Limits,
  now: number,
): Record<string, unknown> {
  if (bytes.length > limits.maxSizeUpload) throw limitError('maxSizeUpload', 'The upload is larger than allowed.')
  const { side } = access.account
  const start = now - (now % HOUR_MS)
  if (side.uploadHour.start !== start) side.uploadHour = { start, bytes: 0 }
  // What is refused counts too (stalwart.md §1.2): retrying makes it worse.
  side.uploadHour.bytes += bytes.length
  if (side.uploadHour.bytes > limits.uploadQuota) throw quotaExceeded(limits, Math.ceil((start + HOUR_MS - now) / 1000))
  const blobId = `${access.account.personality.blobId(`upload ${contentKeyOf(bytes)}`)}u`
  side.uploads.set(blobId, { bytes, type })
  return { accountId: access.account.id, blobId, type, size: bytes.length }
}

function quotaExceeded(limits: Limits, seconds: number): RequestError {
  const detail = `You have exceeded the blob upload quota of 1000 files or ${limits.uploadQuota} bytes.`
  return new RequestError(
    429,
    { type: 'about:blank', status: 429, title: 'Quota exceeded', detail },
    {
      'Retry-After': String(seconds),
      RateLimit: `"blob-upload-files";r=0;t=${seconds}, "blob-upload-bytes";r=0;t=${seconds}`,
    },
  )
}

/** `segments`: accountId, blobId and name as they came in the path, still percent-encoded. */
export function download(
  access: Access,
  blobId: string,
  encodedName: string,
  accept: string | null,
  personality: Personality,
): Response {
  const blob = blobOf(access, blobId)
  if (!blob) throw notFound()
  const name = decodeURIComponent(encodedName)
  // Stalwart gives the segment back as it was sent; others as RFC 6266 has it.
  const fileName =
    personality.name === 'stalwart' ? `filename="${encodedName}"` : `filename*=UTF-8''${encodeURIComponent(name)}`
  return new Response(new Uint8Array(blob.bytes), {
    headers: {
      'Content-Type': accept ?? 'application/octet-stream',
      'Content-Disposition': `attachment; ${fileName}`,
      'Content-Length': String(blob.bytes.length),
      'Cache-Control': 'private, immutable, max-age=31536000',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
