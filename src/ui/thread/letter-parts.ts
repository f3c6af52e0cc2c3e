/** What of a body is shown in the letter, in order, and what stands below it as files (RFC 8621 §4.1.4). Pure. */
import type { LetterTree } from '../../render/letter.ts'
import type { Email, EmailBody, EmailBodyPart, EmailBodyValue, TextFlow } from '../../jmap/types.ts'

export type LetterPart =
  | { readonly kind: 'html'; readonly key: string; readonly value: EmailBodyValue }
  | { readonly kind: 'text'; readonly key: string; readonly value: EmailBodyValue; readonly flow?: TextFlow }
  | { readonly kind: 'picture'; readonly key: string; readonly part: EmailBodyPart }

export interface LetterContent {
  readonly parts: readonly LetterPart[]
  /** Everything that came along, pictures for `cid:` links included. */
  readonly files: readonly EmailBodyPart[]
  readonly isTruncated: boolean
  readonly isEncodingProblem: boolean
}

/** Formats that browsers decode as pixels and nothing else: SVG is a document. */
const rasterTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])

export function letterContent(body: EmailBody): LetterContent {
  const shown = body.htmlBody.some((part) => valueOf(body, part)) ? body.htmlBody : body.textBody
  const parts = shown.flatMap((part, index) => letterPart(body, part, `${String(index)}:${part.partId ?? ''}`))
  const inLetter = new Set(parts.flatMap((part) => (part.kind === 'picture' ? [part.part.blobId] : [])))
  const isShown = (part: EmailBodyPart): boolean => valueOf(body, part) !== undefined || inLetter.has(part.blobId)
  const rest = shown.filter((part) => !isShown(part))
  const values = parts.flatMap((part) => (part.kind === 'picture' ? [] : [part.value]))
  return {
    parts,
    files: withoutTwins([...rest, ...body.attachments.filter((part) => !inLetter.has(part.blobId))]),
    isTruncated: values.some((value) => value.isTruncated),
    isEncodingProblem: values.some((value) => value.isEncodingProblem),
  }
}

/**
 * Names one part of one letter: by its blob, which stays the same when a merge gives the Email another id (architecture
 * B6.5a), and by the account, since another one may use the same blob ids.
 */
export function letterKey(account: string, email: Pick<Email, 'blobId'>, part: LetterPart): string {
  return `${account}/${email.blobId}/${part.key}`
}

/** The plain text that the sender wrote beside the HTML, for where no frame is. */
export function plainText(body: EmailBody): string {
  return body.textBody
    .filter((part) => part.type !== 'text/html')
    .flatMap((part) => valueOf(body, part)?.value ?? [])
    .join('\n\n')
}

/** Pictures that the letter's HTML shows itself are no attachments. */
export function filesBeside(files: readonly EmailBodyPart[], shownCids: readonly string[]): readonly EmailBodyPart[] {
  return files.filter((file) => !(file.cid && shownCids.includes(bareCid(file.cid)) && file.type.startsWith('image/')))
}

/** A part as it is shown: of HTML the tree that was made, null while it is made. */
export type PreparedPart =
  | Exclude<LetterPart, { kind: 'html' }>
  | { readonly kind: 'html'; readonly letter: { readonly tree: Pick<LetterTree, 'ops' | 'images'> } | null }

/** It came, and shows neither a word nor a picture. */
export function isBlank(part: PreparedPart): boolean {
  if (part.kind === 'text') return part.value.value.trim() === ''
  if (part.kind === 'picture' || !part.letter) return false
  const { images, ops } = part.letter.tree
  return images.length === 0 && !ops.some((op) => typeof op === 'string' && op.trim() !== '')
}

/** RFC 8621 gives `cid` without angle brackets; not every server does. */
export function bareCid(cid: string): string {
  return cid.replace(/^<|>$/g, '')
}

function letterPart(body: EmailBody, part: EmailBodyPart, key: string): LetterPart[] {
  const value = valueOf(body, part)
  if (value && part.type === 'text/html') return [{ kind: 'html', key, value }]
  if (value) return [{ kind: 'text', key, value, ...(part.flow && { flow: part.flow }) }]
  return rasterTypes.has(part.type) && part.blobId ? [{ kind: 'picture', key, part }] : []
}

function valueOf(body: EmailBody, part: EmailBodyPart): EmailBodyValue | undefined {
  if (part.partId === null || !part.type.startsWith('text/')) return undefined
  return Object.hasOwn(body.bodyValues, part.partId) ? body.bodyValues[part.partId] : undefined
}

function withoutTwins(parts: readonly EmailBodyPart[]): readonly EmailBodyPart[] {
  const seen = new Set<string>()
  return parts.filter((part) => {
    const id = `${part.blobId ?? ''} ${part.partId ?? ''}`
    return !seen.has(id) && Boolean(seen.add(id))
  })
}
