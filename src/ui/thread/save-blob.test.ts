import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { saveBlob } from './save-blob.ts'

const blob = new Blob(['<script>1</script>'], { type: 'text/html' })
const downloads: string[] = []

beforeEach(() => {
  downloads.length = 0
  URL.createObjectURL = vi.fn((given: Blob) => `blob:${given.type}`)
  URL.revokeObjectURL = vi.fn()
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    downloads.push(`${this.download} ${this.href}`)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  for (const name of ['standalone', 'canShare', 'share']) Reflect.deleteProperty(navigator, name)
})

function onHomeScreen(share: (data: ShareData) => Promise<void>, canShare = true): void {
  Object.assign(navigator, { standalone: true, canShare: () => canShare, share })
}

const save = async (): Promise<void> => {
  saveBlob(document, new ManualClock(), blob, 'page.html')
  await Promise.resolve()
  await Promise.resolve()
}

it('downloads as bytes, whatever the sender says', async () => {
  await save()
  expect(downloads).toEqual(['page.html blob:application/octet-stream'])
})

it('asks the share sheet in an app on the home screen', async () => {
  const share = vi.fn((_data: ShareData) => Promise.resolve())
  onHomeScreen(share)
  await save()
  const file = share.mock.calls[0]?.[0].files?.[0]
  expect([file?.name, file?.type]).toEqual(['page.html', 'application/octet-stream'])
  expect(downloads).toEqual([])
})

it('takes a closed sheet for an answer', async () => {
  onHomeScreen(() => Promise.reject(new DOMException('closed', 'AbortError')))
  await save()
  expect(downloads).toEqual([])
})

it('downloads where the sheet takes no such file, or the press was too long ago', async () => {
  onHomeScreen(() => Promise.resolve(), false)
  await save()
  onHomeScreen(() => Promise.reject(new DOMException('late', 'NotAllowedError')))
  await save()
  expect(downloads).toHaveLength(2)
})
