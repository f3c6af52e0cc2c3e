/**
 * Hands a file to the browser's downloads. It always goes as bytes: the type that a sender claims must never decide how
 * the browser treats it, nor let it open a document in the app's origin (security.md).
 */
import type { Clock } from '../../platform/clock.ts'

/** Safari reads the URL after the click has returned. */
const keepMs = 60_000

export function saveBlob(document: Document, clock: Clock, blob: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  clock.after(keepMs, () => URL.revokeObjectURL(url))
}
