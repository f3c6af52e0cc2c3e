/**
 * Hands a file to the browser's downloads, or to the share sheet of an iPhone's home screen app, which a download would
 * leave without a way back. It always goes as bytes: the type that a sender claims must never decide how the browser
 * treats it, nor let it open a document in the app's origin (security.md).
 */
import type { Clock } from '../../platform/clock.ts'

/** Safari reads the URL after the click has returned. */
const keepMs = 60_000

export function saveBlob(document: Document, clock: Clock, blob: Blob, name: string): void {
  const file = new File([blob], name, { type: 'application/octet-stream' })
  const navigator = document.defaultView?.navigator as (Navigator & { readonly standalone?: boolean }) | undefined
  if (navigator?.standalone !== true || !navigator.canShare({ files: [file] })) {
    download(document, clock, file)
    return
  }
  navigator.share({ files: [file] }).catch((error: unknown) => {
    // Closing the sheet is an answer. Anything else (the press was too long ago) leaves the download.
    if ((error as Error).name !== 'AbortError') download(document, clock, file)
  })
}

function download(document: Document, clock: Clock, file: File): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  clock.after(keepMs, () => URL.revokeObjectURL(url))
}
