/** A message that came as a file, read in the browser: the same shapes as a letter of the server, with bytes of its own. */
import { readMimeMessage } from '../../../render/mime-message.ts'
import type { MimeAddress, MimeAttachment } from '../../../render/mime-message.ts'
import type { BlobId, EmailAddress, EmailBody, EmailBodyPart, EmailId } from '../../../jmap/types.ts'
import type { AccountPort } from '../../../sync/engine-port.ts'

export interface ParsedMessage {
  readonly from: readonly EmailAddress[]
  readonly to: readonly EmailAddress[]
  readonly cc: readonly EmailAddress[]
  readonly subject: string | null
  /** As ISO 8601, or as it stands where it is no date. */
  readonly date: string | null
  readonly body: EmailBody
  readonly port: Pick<AccountPort, 'fetchBlob'>
}

const mostParts = 200
const mostAddresses = 1_000

/** `name` tells its parts from those of other messages. Rejects for what is no message at all. */
export async function parseMessage(blob: Blob, name: string): Promise<ParsedMessage> {
  const message = await readMimeMessage(blob)
  const blobs = new Map<string, Blob>()
  const attachments = message.attachments.slice(0, mostParts).map((file, index) => {
    const blobId = `${name}/${String(index)}`
    const bytes = new Blob([typeof file.content === 'string' ? file.content : copyOf(file.content)])
    blobs.set(blobId, bytes)
    return part(file, blobId as BlobId, bytes.size)
  })
  const values = { text: valueOf(message.text), html: valueOf(message.html) }
  const text = message.text === undefined ? [] : [shown('text/plain', 'text')]
  const html = message.html === undefined ? text : [shown('text/html', 'html')]
  return {
    from: addresses(message.from && [message.from]),
    to: addresses(message.to),
    cc: addresses(message.cc),
    subject: message.subject ?? null,
    date: message.date ?? null,
    body: {
      id: name as EmailId,
      sentAt: null,
      bcc: null,
      replyTo: null,
      sender: null,
      textBody: text.length > 0 ? text : html,
      htmlBody: html,
      attachments,
      bodyValues: values,
    },
    port: {
      fetchBlob: ({ blobId }) => {
        const bytes = blobs.get(blobId)
        return bytes ? Promise.resolve(bytes) : Promise.reject(new Error('no such part'))
      },
    },
  }
}

function copyOf(content: ArrayBuffer | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content)
}

function valueOf(value: string | undefined): EmailBody['bodyValues'][string] {
  return { value: value ?? '', isEncodingProblem: false, isTruncated: false }
}

function shown(type: string, partId: string): EmailBodyPart {
  return { partId, blobId: null, size: 0, name: null, type, charset: null, disposition: null, cid: null }
}

function part(file: MimeAttachment, blobId: BlobId, size: number): EmailBodyPart {
  return {
    partId: null,
    blobId,
    size,
    name: file.filename,
    type: file.mimeType,
    charset: null,
    disposition: file.disposition,
    cid: file.contentId ?? null,
  }
}

function addresses(list: readonly MimeAddress[] | undefined): readonly EmailAddress[] {
  const flat = (list ?? []).flatMap((one) => (one.group ? one.group : [one]))
  return flat.slice(0, mostAddresses).map(({ name, address }) => ({ name: name || null, email: address }))
}
